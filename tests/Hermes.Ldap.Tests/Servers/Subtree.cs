using System.DirectoryServices.Protocols;
using System.Text;
using Hermes.Ldap.Syntax;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Servers;

/// <summary>A container of its own for one test, and the bare client library to look at it with.</summary>
internal sealed class Subtree : IDisposable
{
    private Subtree(LdapConnection connection, string dn) => (Connection, Dn) = (connection, dn);

    public LdapConnection Connection { get; }

    public string Dn { get; }

    public static Subtree Of(LdapServer server) => Make(BareConnection.Open(server.Administrator), server.Administrator.Suffix);

    /// <summary>One in the directory of slapd that corrects members of groups itself.</summary>
    public static Subtree WithIntegrity(SlapdServer server)
    {
        var connection = BareConnection.Open(server.Administrator);
        AddIfMissing(connection, SlapdServer.IntegritySuffix, ("objectClass", "dcObject organization"), ("o", "Integrity"));
        return Make(connection, SlapdServer.IntegritySuffix);
    }

    /// <summary>Makes the default policy for passwords, for all of the directory that corrects members of groups itself.</summary>
    public void AddPolicy() => AddIfMissing(
        Connection,
        $"cn=policy,{SlapdServer.IntegritySuffix}",
        ("objectClass", "device pwdPolicy"),
        ("cn", "policy"),
        ("pwdAttribute", "userPassword"),
        ("pwdMinLength", "8"),
        ("pwdCheckQuality", "2"),
        ("pwdInHistory", "3"));

    public void Add(string relative, params (string Name, string Values)[] attributes) => Add(Connection, $"{relative},{Dn}", attributes);

    public void Add(string relative, string name, IEnumerable<string> values, params (string Name, string Values)[] attributes)
    {
        var request = new AddRequest($"{relative},{Dn}", [.. attributes.Select(Attribute), new DirectoryAttribute(name, [.. values.Cast<object>()])]);
        Connection.SendRequest(request);
    }

    public void Person(string login, params (string Name, string Values)[] attributes) =>
        Add($"uid={login}", [("objectClass", "inetOrgPerson"), ("uid", login), ("cn", login), ("sn", login), .. attributes]);

    /// <summary>Adds a reference to another server.</summary>
    public void Refer(string relative)
    {
        var referral = new AddRequest(
            Below(relative), new DirectoryAttribute("objectClass", "referral", "extensibleObject"), new DirectoryAttribute("ref", "ldap://elsewhere.invalid/ou=elsewhere,dc=x"));
        referral.Controls.Add(new DirectoryControl("2.16.840.1.113730.3.4.2", null, true, true));
        Connection.SendRequest(referral);
    }

    /// <summary>The values of an attribute, in ordinal order; none if there is no such entry.</summary>
    public string[] Values(string relative, string attribute)
    {
        try
        {
            var response = (SearchResponse)Connection.SendRequest(new SearchRequest(Below(relative), "(objectClass=*)", SearchScope.Base, attribute));
            var values = response.Entries[0].Attributes[attribute]?.GetValues(typeof(byte[])).Cast<byte[]>() ?? [];
            return [.. values.Select(Encoding.UTF8.GetString).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryOperationException gone) when (gone.Response?.ResultCode == ResultCode.NoSuchObject)
        {
            return [];
        }
    }

    /// <summary>The link of an entry of Active Directory.</summary>
    public string Link(string relative)
    {
        var response = (SearchResponse)Connection.SendRequest(new SearchRequest(Below(relative), "(objectClass=*)", SearchScope.Base, "objectGUID"));
        return new Guid((byte[])response.Entries[0].Attributes["objectGUID"].GetValues(typeof(byte[]))[0]).ToString("D");
    }

    /// <summary>The DN of the only entry below a container that has this value.</summary>
    public string Find(string relative, string attribute, string value)
    {
        var request = new SearchRequest(Below(relative), SearchFilter.Equal(attribute, value), SearchScope.OneLevel, "1.1");
        return ((SearchResponse)Connection.SendRequest(request)).Entries.Cast<SearchResultEntry>().Single().DistinguishedName;
    }

    /// <summary>Renames or moves an entry, as somebody does by hand.</summary>
    public void Move(string relative, string to)
    {
        var (name, container) = DistinguishedName.Split(Below(to));
        Connection.SendRequest(new ModifyDNRequest(Below(relative), container, name));
    }

    /// <summary>The names of the entries that a filter finds, relative to the container of the test.</summary>
    public string[] Names(string filter)
    {
        var response = (SearchResponse)Connection.SendRequest(new SearchRequest(Dn, filter, SearchScope.Subtree, "1.1"));
        return [.. response.Entries.Cast<SearchResultEntry>().Select(entry => entry.DistinguishedName[..^(Dn.Length + 1)])];
    }

    /// <summary>The DNs and values of an attribute of all entries below a container.</summary>
    public Dictionary<string, string> All(string relative, string filter, string attribute)
    {
        var response = (SearchResponse)Connection.SendRequest(new SearchRequest(Below(relative), filter, SearchScope.Subtree, attribute));
        return response.Entries.Cast<SearchResultEntry>().ToDictionary(
            entry => entry.DistinguishedName, entry => entry.Attributes[attribute]?.GetValues(typeof(string)).Cast<string>().Single() ?? "");
    }

    public void Remove(string relative, string attribute, string value) =>
        Connection.SendRequest(new ModifyRequest(Below(relative), DirectoryAttributeOperation.Delete, attribute, value));

    public void Delete(string relative) => Connection.SendRequest(new DeleteRequest(Below(relative)));

    public bool Exists(string relative) => Values(relative, "objectClass").Length > 0;

    public string Below(string relative) => relative.Length == 0 ? Dn : $"{relative},{Dn}";

    public void Dispose() => Connection.Dispose();

    private static Subtree Make(LdapConnection connection, string suffix)
    {
        var dn = $"ou=t{Guid.NewGuid():N},{suffix}";
        Add(connection, dn, ("objectClass", "organizationalUnit"));
        return new Subtree(connection, dn);
    }

    private static void AddIfMissing(LdapConnection connection, string dn, params (string Name, string Values)[] attributes)
    {
        try
        {
            Add(connection, dn, attributes);
        }
        catch (DirectoryOperationException there) when (there.Response?.ResultCode == ResultCode.EntryAlreadyExists)
        {
            // Another test was first.
        }
    }

    private static void Add(LdapConnection connection, string dn, params (string Name, string Values)[] attributes) =>
        connection.SendRequest(new AddRequest(dn, [.. attributes.Select(Attribute)]));

    // Object classes are given as one text.
    private static DirectoryAttribute Attribute((string Name, string Values) attribute) => attribute.Name == "objectClass"
        ? new(attribute.Name, [.. attribute.Values.Split(' ').Cast<object>()])
        : new(attribute.Name, attribute.Values);
}

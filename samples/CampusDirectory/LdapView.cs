using System.DirectoryServices.Protocols;

namespace CampusDirectory;

/// <summary>Looks into the directory with a plain LDAP search, as anybody may.</summary>
internal sealed class LdapView(int port)
{
    private const string Suffix = "dc=campus,dc=example";
    private const string Filter = "(|(objectClass=inetOrgPerson)(objectClass=groupOfNames))";

    public DirectoryEntries Read()
    {
        using var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1", port)) { AuthType = AuthType.Anonymous };
        connection.SessionOptions.ProtocolVersion = 3;
        connection.Bind();
        var response = (SearchResponse)connection.SendRequest(new SearchRequest(Suffix, Filter, SearchScope.Subtree));

        var entries = new DirectoryEntries();
        foreach (SearchResultEntry entry in response.Entries)
        {
            entries.Add(entry.DistinguishedName,
                from attribute in entry.Attributes.Values.Cast<DirectoryAttribute>()
                from value in attribute.GetValues(typeof(string)).Cast<string>()
                select (attribute.Name, (string?)value));
        }

        return entries;
    }
}

using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net;
using Hermes.Abstractions.Data;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Source;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>What the directory of a campus holds, by plain searches.</summary>
internal static class DirectoryContent
{
    private static readonly string[] GroupKey = ["group_id"];
    private static readonly string[] AccountKey = ["user_id"];
    private static readonly string[] MemberKey = ["group_id", "user_id"];

    /// <summary>The objects of a client as entries. A membership is a member of its group: nothing else of it is there.</summary>
    /// <exception cref="ViolationException">Something of the trashbin is left, or a group has a member that is none of the people.</exception>
    public static IEnumerable<(string Type, string[] Key, Entry Entry)> Read(DirectoryPlace place, RigFolder folder, bool mayHaveTrash)
    {
        using var connection = Connect(place);
        if (!mayHaveTrash && Search(connection, place.In(folder, DirectoryPlace.Trash)).FirstOrDefault() is { } left)
            throw new ViolationException("Nothing lost", $"The directory has {left.DistinguishedName} left.");
        foreach (var person in Search(connection, place.In(folder, DirectoryPlace.People)))
            yield return ("Account", AccountKey, Account(person));
        foreach (var group in Search(connection, place.In(folder, DirectoryPlace.Groups)))
        {
            yield return ("Group", GroupKey, Group(group));
            foreach (var member in Texts(group, "member").Where(member => member != "cn=nobody"))
                yield return ("Member", MemberKey, Member(group, member, place.In(folder, DirectoryPlace.People)));
        }
    }

    /// <summary>Makes the containers of a campus.</summary>
    public static void Make(DirectoryPlace place, IEnumerable<RigFolder> clients)
    {
        using var connection = Connect(place);
        Add(place.Suffix);
        foreach (var client in clients)
        {
            Add(place.PartOf(client));
            foreach (var container in DirectoryPlace.Containers)
                Add(place.In(client, container));
        }

        void Add(string dn) => connection.SendRequest(new AddRequest(dn, "organizationalUnit"));
    }

    private static LdapConnection Connect(DirectoryPlace place)
    {
        var address = new Uri(place.Url);
        var connection = new LdapConnection(
            new LdapDirectoryIdentifier(address.Host, address.Port), new NetworkCredential(place.Name, place.Password), AuthType.Basic);
        connection.SessionOptions.ProtocolVersion = 3;
        connection.Bind();
        return connection;
    }

    private static IEnumerable<SearchResultEntry> Search(LdapConnection connection, string container) =>
        ((SearchResponse)connection.SendRequest(new SearchRequest(container, "(objectClass=*)", SearchScope.OneLevel))).Entries.Cast<SearchResultEntry>();

    private static Entry Account(SearchResultEntry person) => Entry.Create(
    [
        new("user_id", Number(person, "uid")),
        new("login", Text(person, "label")),
        new("jobs", ValueList.Create(Texts(person, "note").OrderBy(job => Array.IndexOf(Changer.Jobs, job)).Select(Value.From))),
        new("stamp", Number(person, "id")),
        .. Optional(person, ("middle_name", "initials"), ("display_name", "displayName"), ("nickname", "givenName"), (CampusOptions.Password, "userPassword")),
    ]);

    private static Entry Group(SearchResultEntry group) => Entry.Create(
        [new("group_id", Number(group, "cn")), new("name", Text(group, "label")), new("stamp", Number(group, "id")), .. Optional(group, ("description", "description"))]);

    private static Entry Member(SearchResultEntry group, string member, string people) =>
        member.StartsWith("uid=", StringComparison.Ordinal) && member.EndsWith(people, StringComparison.Ordinal)
            && long.TryParse(member[4..member.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture, out var user)
            ? Entry.Create([new("group_id", Number(group, "cn")), new("user_id", user)])
            : throw new ViolationException("Nothing lost", $"The group {group.DistinguishedName} has the member {member}.");

    private static IEnumerable<KeyValuePair<string, Value>> Optional(SearchResultEntry found, params (string Local, string Ldap)[] names) =>
        names.Where(name => found.Attributes.Contains(name.Ldap)).Select(name => KeyValuePair.Create(name.Local, Value.From(Text(found, name.Ldap))));

    private static long Number(SearchResultEntry found, string name) => long.Parse(Text(found, name), CultureInfo.InvariantCulture);

    private static string Text(SearchResultEntry found, string name) => Texts(found, name) is [var one]
        ? one
        : throw new ViolationException("Nothing lost", $"{found.DistinguishedName} has {Texts(found, name).Length} values of {name}.");

    private static string[] Texts(SearchResultEntry found, string name) =>
        found.Attributes[name] is { } attribute ? [.. attribute.GetValues(typeof(string)).Cast<string>()] : [];
}

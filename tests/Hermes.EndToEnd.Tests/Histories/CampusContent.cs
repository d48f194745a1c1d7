using Hermes.Abstractions.Data;
using Hermes.Testing.Sources;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>What the source holds, and what of it a target must have once everything went through: computed here, without the product.</summary>
internal sealed class CampusContent
{
    public SortedDictionary<string, (string First, string Last, string? Mail)> Users { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Groups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<(string User, string Group), string?> Members { get; } = [];

    public SortedDictionary<(string Building, string Number), (string Use, string? Pin)> Rooms { get; } = [];

    /// <summary>Fills the tables that the server reads.</summary>
    public void WriteTo(InMemoryTable users, InMemoryTable groups, InMemoryTable members, InMemoryTable rooms)
    {
        // A server that polls because its time has come may read meanwhile: it must not find a table half written.
        users.Replace(Users.Select(user => new Value[] { user.Key, user.Value.First, user.Value.Last, user.Value.Mail }));
        groups.Replace(Groups.Select(group => new Value[] { group.Key, group.Value }));
        members.Replace(Members.Select(member => new Value[] { member.Key.User, member.Key.Group, member.Value }));
        rooms.Replace(Rooms.Select(room => new Value[] { room.Key.Building + room.Key.Number, room.Key.Building, room.Key.Number, room.Value.Use, room.Value.Pin }));
    }

    /// <summary>The entries that the server sends, by the client's and the server's types.</summary>
    public Dictionary<(string Type, EntryKey Key), Entry> Project(Naming naming, ServerSettings server)
    {
        var result = new Dictionary<(string, EntryKey), Entry>();
        foreach (var (id, user) in Users)
        {
            var mail = server.HasMail ? user.Mail : null;
            result[("SRVUsers", EntryKey.Of(id))] = Entry.Of(("id", id), ("first", user.First), ("last", user.Last), ("mail", mail));
            result[("Users", EntryKey.Of(id))] = naming == Naming.FirstLast
                ? Entry.Of(("display", $"{user.First} {user.Last}"), ("mail", mail))
                : Entry.Of(("display", $"{user.Last}, {user.First}"));
            if (naming == Naming.FirstLast)
                result[("Accounts", EntryKey.Of(id))] = Entry.Of(("login", user.First.ToLowerInvariant()));
        }

        foreach (var (id, name) in Groups)
        {
            result[("SRVGroups", EntryKey.Of(id))] = Entry.Of(("id", id), ("name", name));
            result[("Groups", EntryKey.Of(id))] = naming == Naming.FirstLast ? Entry.Of(("name", name)) : Entry.Of(("name", name), ("label", $"{id}:{name}"));
        }

        foreach (var ((user, group), role) in Members)
        {
            if (!Users.ContainsKey(user) || !Groups.ContainsKey(group))
                continue;
            var key = CampusKeys.OfMember(server, user, group);
            result[("SRVMembers", key)] = Entry.Of(("uid", user), ("gid", group), ("role", role));
            result[("Members", key)] = Entry.Of(("user", user), ("group", group), ("role", role));
        }

        foreach (var ((building, number), room) in Rooms)
        {
            var key = CampusKeys.OfRoom(server, building, number);
            result[("SRVRooms", key)] = Entry.Of(("code", building + number), ("building", building), ("number", number), ("use", room.Use));
            result[("Rooms", key)] = Entry.Of(("name", $"{building}-{number}"), ("use", room.Use));
        }

        return result;
    }
}

using Hermes.Abstractions.Data;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>Entries go to the trashbin, come back as they were or changed, and leave it when their time is over.</summary>
internal static class March
{
    public static async Task TrashbinAsync(Year year)
    {
        year.Users.Remove("4");
        await year.PollAsync();
        await year.ThenAsync(
            "a user leaves: the membership goes to the trashbin before the user does",
            calls: """
                Trashed Members[(4, g)] {group: g, user: 4}
                Trashed Users[4] {display: Dan Brown}
                """,
            views: """
                - Members[(4, g)] {group: g, user: 4}
                + Members[(4, g)] {group: g, user: 4}, trashed 01-01 01:00
                - SRVMembers[(4, g)] {gid: g, uid: 4}
                + SRVMembers[(4, g)] {gid: g, uid: 4}, trashed 01-01 01:00
                - SRVUsers[4] {first: Dan, id: 4, last: Brown}
                + SRVUsers[4] {first: Dan, id: 4, last: Brown}, trashed 01-01 01:00
                - Users[4] {display: Dan Brown}
                + Users[4] {display: Dan Brown}, trashed 01-01 01:00
                + client: 3 Members, 2 trashed
                + client: 3 SRVMembers, 2 trashed
                + client: 3 SRVUsers, 2 trashed
                + client: 3 Users, 2 trashed
                - client: 4 Members, 1 trashed
                - client: 4 SRVMembers, 1 trashed
                - client: 4 SRVUsers, 1 trashed
                - client: 4 Users, 1 trashed
                + server: 3 SRVMembers
                + server: 3 SRVUsers
                - server: 4 SRVMembers
                - server: 4 SRVUsers
                + trashbin: SRVMembers[(4, g)] {gid: g, uid: 4} since 01-01 01:00
                + trashbin: SRVUsers[4] {first: Dan, id: 4, last: Brown} since 01-01 01:00
                """);

        await year.LaterAsync(TimeSpan.FromDays(10));
        year.Users.Add("4", "Dan", "Brown", Value.Null, "104");
        await year.PollAsync();
        await year.ThenAsync(
            "the user comes back unchanged: recycled, parent first",
            calls: """
                Recycled Users[4] {display: Dan Brown}
                Recycled Members[(4, g)] {group: g, user: 4}
                """,
            views: """
                + Members[(4, g)] {group: g, user: 4}
                - Members[(4, g)] {group: g, user: 4}, trashed 01-01 01:00
                + SRVMembers[(4, g)] {gid: g, uid: 4}
                - SRVMembers[(4, g)] {gid: g, uid: 4}, trashed 01-01 01:00
                + SRVUsers[4] {first: Dan, id: 4, last: Brown}
                - SRVUsers[4] {first: Dan, id: 4, last: Brown}, trashed 01-01 01:00
                + Users[4] {display: Dan Brown}
                - Users[4] {display: Dan Brown}, trashed 01-01 01:00
                - client: 3 Members, 2 trashed
                - client: 3 SRVMembers, 2 trashed
                - client: 3 SRVUsers, 2 trashed
                - client: 3 Users, 2 trashed
                + client: 4 Members, 1 trashed
                + client: 4 SRVMembers, 1 trashed
                + client: 4 SRVUsers, 1 trashed
                + client: 4 Users, 1 trashed
                - server: 3 SRVMembers
                - server: 3 SRVUsers
                + server: 4 SRVMembers
                + server: 4 SRVUsers
                - trashbin: SRVMembers[(4, g)] {gid: g, uid: 4} since 01-01 01:00
                - trashbin: SRVUsers[4] {first: Dan, id: 4, last: Brown} since 01-01 01:00
                """);

        year.Users.Remove("4");
        await year.PollAsync();
        year.Users.Add("4", "Daniel", "Brown", Value.Null, "104");
        year.Members.Remove("4", "g");
        await year.PollAsync();
        await year.ThenAsync(
            "the user leaves and comes back with another name and without the group: recycled as it was, then modified",
            calls: """
                Trashed Members[(4, g)] {group: g, user: 4}
                Trashed Users[4] {display: Dan Brown}
                Recycled Users[4] {display: Dan Brown}
                Modified Users[4] {display: Dan Brown} to {display: Daniel Brown}
                """,
            views: """
                - Members[(4, g)] {group: g, user: 4}
                + Members[(4, g)] {group: g, user: 4}, trashed 01-11 01:00
                - SRVMembers[(4, g)] {gid: g, uid: 4}
                + SRVMembers[(4, g)] {gid: g, uid: 4}, trashed 01-11 01:00
                - SRVUsers[4] {first: Dan, id: 4, last: Brown}
                + SRVUsers[4] {first: Daniel, id: 4, last: Brown}
                - Users[4] {display: Dan Brown}
                + Users[4] {display: Daniel Brown}
                + client: 3 Members, 2 trashed
                + client: 3 SRVMembers, 2 trashed
                - client: 4 Members, 1 trashed
                - client: 4 SRVMembers, 1 trashed
                + server: 3 SRVMembers
                - server: 4 SRVMembers
                + trashbin: SRVMembers[(4, g)] {gid: g, uid: 4} since 01-11 01:00
                """);

        year.HandlersFail(change => change is Abstractions.Targets.EntryRemoved);
        await year.LaterAsync(TimeSpan.FromDays(31));
        await year.ThenAsync(
            "retention is over and the purge fails: it waits in the queue, and no longer lies in the trashbin",
            calls: """
                Removed Members[(2, g)] {group: g, user: 2}, failed
                Removed Members[(4, g)] {group: g, user: 4}, failed
                Removed Users[5] {display: Gus Green}, failed
                """,
            views: """
                + Members[(2, g)] applied {group: g, user: 2}, trashed 01-01 01:00
                - Members[(2, g)] {group: g, user: 2}, trashed 01-01 01:00
                + Members[(4, g)] applied {group: g, user: 4}, trashed 01-11 01:00
                - Members[(4, g)] {group: g, user: 4}, trashed 01-11 01:00
                + SRVMembers[(2, g)] applied {gid: g, uid: 2}, trashed 01-01 01:00
                - SRVMembers[(2, g)] {gid: g, uid: 2}, trashed 01-01 01:00
                + SRVMembers[(4, g)] applied {gid: g, uid: 4}, trashed 01-11 01:00
                - SRVMembers[(4, g)] {gid: g, uid: 4}, trashed 01-11 01:00
                + SRVUsers[5] applied {first: Gus, id: 5, last: Green}, trashed 01-01 01:00
                - SRVUsers[5] {first: Gus, id: 5, last: Green}, trashed 01-01 01:00
                + Users[5] applied {display: Gus Green}, trashed 01-01 01:00
                - Users[5] {display: Gus Green}, trashed 01-01 01:00
                + client: 3 Members
                - client: 3 Members, 2 trashed
                + client: 3 SRVMembers
                - client: 3 SRVMembers, 2 trashed
                + client: 4 SRVUsers
                - client: 4 SRVUsers, 1 trashed
                + client: 4 Users
                - client: 4 Users, 1 trashed
                + queue 1: Removed Members[(2, g)], 1 attempts
                + queue 2: Removed Members[(4, g)], 1 attempts
                + queue 3: Removed Users[5], 1 attempts
                - trashbin: SRVMembers[(2, g)] {gid: g, uid: 2} since 01-01 01:00
                - trashbin: SRVMembers[(4, g)] {gid: g, uid: 4} since 01-11 01:00
                - trashbin: SRVUsers[5] {first: Gus, id: 5, last: Green} since 01-01 01:00
                """);

        year.HandlersWork();
        await year.RetryAsync();
        await year.ThenAsync(
            "the purge is retried",
            calls: """
                Removed Members[(2, g)] {group: g, user: 2}
                Removed Members[(4, g)] {group: g, user: 4}
                Removed Users[5] {display: Gus Green}
                """,
            views: """
                - Members[(2, g)] applied {group: g, user: 2}, trashed 01-01 01:00
                - Members[(4, g)] applied {group: g, user: 4}, trashed 01-11 01:00
                - SRVMembers[(2, g)] applied {gid: g, uid: 2}, trashed 01-01 01:00
                - SRVMembers[(4, g)] applied {gid: g, uid: 4}, trashed 01-11 01:00
                - SRVUsers[5] applied {first: Gus, id: 5, last: Green}, trashed 01-01 01:00
                - Users[5] applied {display: Gus Green}, trashed 01-01 01:00
                - queue 1: Removed Members[(2, g)], 1 attempts
                - queue 2: Removed Members[(4, g)], 1 attempts
                - queue 3: Removed Users[5], 1 attempts
                """);
    }
}

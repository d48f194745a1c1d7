using Hermes.Abstractions.Data;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>The first load, with handlers that fail; then the first changes.</summary>
internal static class January
{
    public static async Task FirstLoadAsync(Year year)
    {
        year.Users.Add("1", "Ada", "Byron", "ada@x", "101").Add("2", "Bob", "Hope", Value.Null, Value.Null).Add("3", "Cleo", "Egypt", "cleo@x", Value.Null);
        year.Groups.Add("g", "Maths").Add("h", "Music");
        year.Members.Add("1", "g").Add("2", "g").Add("3", "h").Add("9", "h");
        year.Staff.Add("s1", "b1", "Eve").Add("s2", "b2", "Frank");
        await year.BeginAsync();
        year.HandlersFail(change => change is { Type: "Users" } && change.Key == EntryKey.Of("2"));
        year.HandlersFail(change => change is { Type: "Groups" } && change.Key == EntryKey.Of("h"), step: "announce");

        await year.ClientJoinsAsync();
        await year.InitSyncAsync();
        await year.ThenAsync(
            "the first load brings everything but what fails and what depends on it; a member without a user is left out",
            calls: """
                Added Users[1] {display: Ada Byron}
                Added Users[2] {display: Bob Hope}, failed
                Added Users[3] {display: Cleo Egypt}
                Added Groups[g] {name: Maths}
                Added Groups[h] {name: Music}, failed
                Added Members[(1, g)] {group: g, user: 1}
                Added Staff[s1] {name: Eve}
                Added Staff[s2] {name: Frank}
                """,
            views: """
                + Groups[g] {name: Maths}
                + Groups[h] expected {name: Music}
                + Members[(1, g)] {group: g, user: 1}
                + Members[(2, g)] expected {group: g, user: 2}
                + Members[(3, h)] expected {group: h, user: 3}
                + SRVGroups[g] {id: g, name: Maths}
                + SRVGroups[h] expected {id: h, name: Music}
                + SRVMembers[(1, g)] {gid: g, uid: 1}
                + SRVMembers[(2, g)] expected {gid: g, uid: 2}
                + SRVMembers[(3, h)] expected {gid: h, uid: 3}
                + SRVStaff[s1] {badge: b1, id: s1, name: Eve}
                + SRVStaff[s2] {badge: b2, id: s2, name: Frank}
                + SRVUsers[1] {first: Ada, id: 1, last: Byron}
                + SRVUsers[2] expected {first: Bob, id: 2, last: Hope}
                + SRVUsers[3] {first: Cleo, id: 3, last: Egypt}
                + Staff[s1] {name: Eve}
                + Staff[s2] {name: Frank}
                + Users[1] {display: Ada Byron}
                + Users[2] expected {display: Bob Hope}
                + Users[3] {display: Cleo Egypt}
                + client: 2 Groups
                + client: 2 SRVGroups
                + client: 2 SRVStaff
                + client: 2 Staff
                + client: 3 Members
                + client: 3 SRVMembers
                + client: 3 SRVUsers
                + client: 3 Users
                + dead letters: 0
                + queue 1: Added Users[2] {display: Bob Hope}, 1 attempts
                + queue 2: Added Groups[h] {name: Music}, 1 attempts, done: create
                + queue 3: Added Members[(2, g)] {group: g, user: 2}, 0 attempts
                + queue 4: Added Members[(3, h)] {group: h, user: 3}, 0 attempts
                + server: 2 SRVGroups
                + server: 2 SRVStaff
                + server: 3 SRVMembers
                + server: 3 SRVUsers
                """);

        year.HandlersWork();
        await year.LaterAsync(TimeSpan.FromMinutes(59));
        await year.ThenNothingAsync("before the retry interval is over nothing is tried again");

        await year.LaterAsync(TimeSpan.FromMinutes(1));
        await year.ThenAsync(
            "the queue is retried, parents before children, and completed steps are not run again",
            calls: """
                Added Users[2] {display: Bob Hope}
                Added Groups[h] {name: Music}
                Added Members[(2, g)] {group: g, user: 2}
                Added Members[(3, h)] {group: h, user: 3}
                """,
            views: """
                - Groups[h] expected {name: Music}
                + Groups[h] {name: Music}
                - Members[(2, g)] expected {group: g, user: 2}
                + Members[(2, g)] {group: g, user: 2}
                - Members[(3, h)] expected {group: h, user: 3}
                + Members[(3, h)] {group: h, user: 3}
                - SRVGroups[h] expected {id: h, name: Music}
                + SRVGroups[h] {id: h, name: Music}
                - SRVMembers[(2, g)] expected {gid: g, uid: 2}
                + SRVMembers[(2, g)] {gid: g, uid: 2}
                - SRVMembers[(3, h)] expected {gid: h, uid: 3}
                + SRVMembers[(3, h)] {gid: h, uid: 3}
                - SRVUsers[2] expected {first: Bob, id: 2, last: Hope}
                + SRVUsers[2] {first: Bob, id: 2, last: Hope}
                - Users[2] expected {display: Bob Hope}
                + Users[2] {display: Bob Hope}
                - queue 1: Added Users[2] {display: Bob Hope}, 1 attempts
                - queue 2: Added Groups[h] {name: Music}, 1 attempts, done: create
                - queue 3: Added Members[(2, g)] {group: g, user: 2}, 0 attempts
                - queue 4: Added Members[(3, h)] {group: h, user: 3}, 0 attempts
                """);
        year.Target.CompletedSteps.Count(step => step == "Groups h: create").Should().Be(1);

        await year.PollAsync();
        await year.ThenNothingAsync("a poll without changes");
    }

    public static async Task NewEntriesAsync(Year year)
    {
        year.Users.Add("4", "Dan", "Brown", Value.Null, "104");
        year.Members.Add("4", "g");
        year.Users.Set("1", "last", "Lovelace");
        year.Members.Remove("2", "g");
        year.Members.Add("2", "h");
        await year.PollAsync();
        await year.ThenAsync(
            "a hire, a wedding and a move between groups: added parents first, then modified, then removed",
            calls: """
                Added Users[4] {display: Dan Brown}
                Added Members[(4, g)] {group: g, user: 4}
                Added Members[(2, h)] {group: h, user: 2}
                Modified Users[1] {display: Ada Byron} to {display: Ada Lovelace}
                Trashed Members[(2, g)] {group: g, user: 2}
                """,
            views: """
                - Members[(2, g)] {group: g, user: 2}
                + Members[(2, g)] {group: g, user: 2}, trashed 01-01 01:00
                + Members[(2, h)] {group: h, user: 2}
                + Members[(4, g)] {group: g, user: 4}
                - SRVMembers[(2, g)] {gid: g, uid: 2}
                + SRVMembers[(2, g)] {gid: g, uid: 2}, trashed 01-01 01:00
                + SRVMembers[(2, h)] {gid: h, uid: 2}
                + SRVMembers[(4, g)] {gid: g, uid: 4}
                - SRVUsers[1] {first: Ada, id: 1, last: Byron}
                + SRVUsers[1] {first: Ada, id: 1, last: Lovelace}
                + SRVUsers[4] {first: Dan, id: 4, last: Brown}
                - Users[1] {display: Ada Byron}
                + Users[1] {display: Ada Lovelace}
                + Users[4] {display: Dan Brown}
                - client: 3 Members
                - client: 3 SRVMembers
                - client: 3 SRVUsers
                - client: 3 Users
                + client: 4 Members, 1 trashed
                + client: 4 SRVMembers, 1 trashed
                + client: 4 SRVUsers
                + client: 4 Users
                - server: 3 SRVMembers
                - server: 3 SRVUsers
                + server: 4 SRVMembers
                + server: 4 SRVUsers
                + trashbin: SRVMembers[(2, g)] {gid: g, uid: 2} since 01-01 01:00
                """);

        year.HandlersFail(change => change.Key == EntryKey.Of("5"));
        year.Users.Add("5", "Gus", "Gray", Value.Null, Value.Null);
        await year.PollAsync();
        year.Users.Set("5", "last", "Green");
        await year.PollAsync();
        year.Users.Remove("5");
        await year.PollAsync();
        await year.ThenAsync(
            "what happens to an entry in the queue waits behind it, while the expected view moves on",
            calls: """
                Added Users[5] {display: Gus Gray}, failed
                """,
            views: """
                + SRVUsers[5] expected {first: Gus, id: 5, last: Green}, trashed 01-01 01:00
                + Users[5] expected {display: Gus Green}, trashed 01-01 01:00
                - client: 4 SRVUsers
                + client: 4 SRVUsers, 1 trashed
                - client: 4 Users
                + client: 4 Users, 1 trashed
                + queue 1: Added Users[5] {display: Gus Gray}, 1 attempts
                + queue 2: Modified Users[5] {display: Gus Green}, 0 attempts
                + queue 3: Removed Users[5] {display: Gus Green}, 0 attempts
                + trashbin: SRVUsers[5] {first: Gus, id: 5, last: Green} since 01-01 01:00
                """);

        year.HandlersWork();
        await year.RetryAsync();
        await year.ThenAsync(
            "it is done in order when it is retried",
            calls: """
                Added Users[5] {display: Gus Gray}
                Modified Users[5] {display: Gus Gray} to {display: Gus Green}
                Trashed Users[5] {display: Gus Green}
                """,
            views: """
                - SRVUsers[5] expected {first: Gus, id: 5, last: Green}, trashed 01-01 01:00
                + SRVUsers[5] {first: Gus, id: 5, last: Green}, trashed 01-01 01:00
                - Users[5] expected {display: Gus Green}, trashed 01-01 01:00
                + Users[5] {display: Gus Green}, trashed 01-01 01:00
                - queue 1: Added Users[5] {display: Gus Gray}, 1 attempts
                - queue 2: Modified Users[5] {display: Gus Green}, 0 attempts
                - queue 3: Removed Users[5] {display: Gus Green}, 0 attempts
                """);
    }
}

using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>A membership that cannot be removed, and what its user may do meanwhile, under each policy of foreign keys.</summary>
internal static class October
{
    public static async Task ForeignKeysAsync(Year year)
    {
        await year.ChangeClientAsync(client => client with { Remediation = RemediationPolicy.Disabled });
        await year.ThenNothingAsync("remediation is switched off");

        await ChangesAsync(year, ForeignKeyPolicy.OnEvery);
        await year.ThenAsync(
            "on every: whatever happens to the user waits for the membership",
            calls: """
                Removed Members[(3, h)] {group: h, user: 3}, failed
                """,
            views: """
                + Members[(3, h)] applied {group: h, user: 3}
                - Members[(3, h)] {group: h, user: 3}
                + SRVMembers[(3, h)] applied {gid: h, uid: 3}
                - SRVMembers[(3, h)] {gid: h, uid: 3}
                + SRVUsers[3] applied {first: Cleo, id: 3, last: Egypt}
                - SRVUsers[3] {first: Cleo, id: 3, last: Egypt}
                + Users[3] applied {display: Egypt, Cleo}
                - Users[3] {display: Egypt, Cleo}
                + client: 2 Members
                + client: 2 SRVMembers
                - client: 3 Members
                - client: 3 SRVMembers
                + client: 3 SRVUsers
                + client: 3 Users
                - client: 4 SRVUsers
                - client: 4 Users
                + queue 1: Removed Members[(3, h)], 1 attempts
                + queue 2: Modified Users[3] {display: Egypt-Rome, Cleo}, 0 attempts
                + queue 3: Removed Users[3], 0 attempts
                + server: 2 SRVMembers
                - server: 3 SRVMembers
                + server: 3 SRVUsers
                - server: 4 SRVUsers
                """);

        await year.ChangeClientAsync(client => client with { ForeignKeys = ForeignKeyPolicy.OnRemove });
        await year.ThenAsync(
            "on remove: the policy of a restart sets the changes free, and the removal still waits",
            calls: """
                Modified Users[3] {display: Egypt, Cleo} to {display: Egypt-Rome, Cleo}
                """,
            views: """
                + SRVUsers[3] applied {first: Cleo, id: 3, last: Egypt-Rome}
                - SRVUsers[3] applied {first: Cleo, id: 3, last: Egypt}
                - Users[3] applied {display: Egypt, Cleo}
                + Users[3] applied {display: Egypt-Rome, Cleo}
                - queue 2: Modified Users[3] {display: Egypt-Rome, Cleo}, 0 attempts
                + queue 2: Removed Users[3], 0 attempts
                - queue 3: Removed Users[3], 0 attempts
                """);

        await year.ChangeClientAsync(client => client with { ForeignKeys = ForeignKeyPolicy.Disabled });
        await year.ThenAsync(
            "disabled: nothing of the user waits",
            calls: """
                Removed Users[3] {display: Egypt-Rome, Cleo}
                """,
            views: """
                - SRVUsers[3] applied {first: Cleo, id: 3, last: Egypt-Rome}
                - Users[3] applied {display: Egypt-Rome, Cleo}
                - queue 2: Removed Users[3], 0 attempts
                """);

        year.HandlersWork();
        await year.RetryAsync();
        await year.ThenAsync(
            "the membership is removed at last",
            calls: """
                Removed Members[(3, h)] {group: h, user: 3}
                """,
            views: """
                - Members[(3, h)] applied {group: h, user: 3}
                - SRVMembers[(3, h)] applied {gid: h, uid: 3}
                - queue 1: Removed Members[(3, h)], 1 attempts
                """);
    }

    private static async Task ChangesAsync(Year year, ForeignKeyPolicy policy)
    {
        await year.ChangeClientAsync(client => client with { ForeignKeys = policy });
        year.HandlersFail(change => change.Type == "Members");
        year.Members.Remove("3", "h");
        await year.PollAsync();
        year.Users.Set("3", "last", "Egypt-Rome");
        await year.PollAsync();
        year.Users.Remove("3");
        await year.PollAsync();
    }
}

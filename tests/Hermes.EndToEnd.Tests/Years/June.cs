using Hermes.Abstractions.Data;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>A template changes while an entry lies in the trashbin and another waits in the queue.</summary>
internal static class June
{
    public static async Task TemplatesAsync(Year year)
    {
        year.HandlersFail(change => change is { Type: "Users" } && change.Key == EntryKey.Of("2"));
        year.Users.Set("2", "first", "Robert");
        year.Users.Remove("4");
        await year.PollAsync();
        await year.ThenAsync(
            "one user waits in the queue, one lies in the trashbin",
            calls: """
                Modified Users[2] {display: Bob Hope} to {display: Robert Hope}, failed
                Trashed Users[4] {display: Daniel Brown}
                """,
            views: """
                + SRVUsers[2] applied {first: Bob, id: 2, last: Hope}
                + SRVUsers[2] expected {first: Robert, id: 2, last: Hope}
                - SRVUsers[2] {first: Bob, id: 2, last: Hope}
                - SRVUsers[4] {first: Daniel, id: 4, last: Brown, phone: 104}
                + SRVUsers[4] {first: Daniel, id: 4, last: Brown, phone: 104}, trashed 03-14 01:00
                + Users[2] applied {display: Bob Hope}
                + Users[2] expected {display: Robert Hope}
                - Users[2] {display: Bob Hope}
                - Users[4] {display: Daniel Brown}
                + Users[4] {display: Daniel Brown}, trashed 03-14 01:00
                + client: 3 SRVUsers, 1 trashed
                + client: 3 Users, 1 trashed
                - client: 4 SRVUsers
                - client: 4 Users
                + queue 1: Modified Users[2] {display: Robert Hope}, 1 attempts
                + server: 3 SRVUsers
                - server: 4 SRVUsers
                + trashbin: SRVUsers[4] {first: Daniel, id: 4, last: Brown, phone: 104} since 03-14 01:00
                """);

        await year.ChangeClientAsync(client => client.With("Users", "SRVUsers", ("display", "{{ last ~ ', ' ~ first }}")));
        await year.ThenAsync(
            "the template changes: live entries are modified, the queue follows, the trashbin in the expected view alone",
            calls: """
                Modified Users[1] {display: Ada Lovelace} to {display: Lovelace, Ada}
                Modified Users[3] {display: Cleo Egypt} to {display: Egypt, Cleo}
                """,
            views: """
                - Users[1] {display: Ada Lovelace}
                + Users[1] {display: Lovelace, Ada}
                + Users[2] expected {display: Hope, Robert}
                - Users[2] expected {display: Robert Hope}
                - Users[3] {display: Cleo Egypt}
                + Users[3] {display: Egypt, Cleo}
                + Users[4] applied {display: Daniel Brown}, trashed 03-14 01:00
                + Users[4] expected {display: Brown, Daniel}, trashed 03-14 01:00
                - Users[4] {display: Daniel Brown}, trashed 03-14 01:00
                + queue 1: Modified Users[2] {display: Hope, Robert}, 1 attempts
                - queue 1: Modified Users[2] {display: Robert Hope}, 1 attempts
                """);

        year.HandlersWork();
        await year.RetryAsync();
        await year.ThenAsync(
            "the queue is retried",
            calls: """
                Modified Users[2] {display: Bob Hope} to {display: Hope, Robert}
                """,
            views: """
                - SRVUsers[2] applied {first: Bob, id: 2, last: Hope}
                - SRVUsers[2] expected {first: Robert, id: 2, last: Hope}
                + SRVUsers[2] {first: Robert, id: 2, last: Hope}
                - Users[2] applied {display: Bob Hope}
                - Users[2] expected {display: Hope, Robert}
                + Users[2] {display: Hope, Robert}
                - queue 1: Modified Users[2] {display: Hope, Robert}, 1 attempts
                """);

        year.Users.Add("4", "Daniel", "Brown", Value.Null, "104");
        await year.PollAsync();
        await year.ThenAsync(
            "the trashed one comes back: recycled as it was, then modified to what the template says now",
            calls: """
                Recycled Users[4] {display: Daniel Brown}
                Modified Users[4] {display: Daniel Brown} to {display: Brown, Daniel}
                """,
            views: """
                + SRVUsers[4] {first: Daniel, id: 4, last: Brown, phone: 104}
                - SRVUsers[4] {first: Daniel, id: 4, last: Brown, phone: 104}, trashed 03-14 01:00
                - Users[4] applied {display: Daniel Brown}, trashed 03-14 01:00
                - Users[4] expected {display: Brown, Daniel}, trashed 03-14 01:00
                + Users[4] {display: Brown, Daniel}
                - client: 3 SRVUsers, 1 trashed
                - client: 3 Users, 1 trashed
                + client: 4 SRVUsers
                + client: 4 Users
                - server: 3 SRVUsers
                + server: 4 SRVUsers
                - trashbin: SRVUsers[4] {first: Daniel, id: 4, last: Brown, phone: 104} since 03-14 01:00
                """);
    }
}

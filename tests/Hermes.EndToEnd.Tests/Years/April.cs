using Hermes.Abstractions.Data;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>Attributes appear on the client first, and on the server first; and one goes.</summary>
internal static class April
{
    public static async Task AttributesAsync(Year year)
    {
        year.HandlersFail(change => change.Key == EntryKey.Of("3"));
        await year.ChangeClientAsync(client => client.With("Users", "SRVUsers", ("display", "{{ first ~ ' ' ~ last }}"), ("mail", "mail")));
        await year.ThenNothingAsync("the client maps an attribute that the server does not send yet");
        year.Warnings.Should().ContainSingle().Which.Should().Contain("mail");

        await year.ChangeServerAsync(server => server with { UserAttributes = ["id", "first", "last", "mail"] });
        await year.ThenAsync(
            "the server sends it: those that have one are modified, one of them fails",
            calls: """
                Modified Users[1] {display: Ada Lovelace} to {display: Ada Lovelace, mail: ada@x}
                Modified Users[3] {display: Cleo Egypt} to {display: Cleo Egypt, mail: cleo@x}, failed
                """,
            views: """
                + SRVUsers[1] {first: Ada, id: 1, last: Lovelace, mail: ada@x}
                - SRVUsers[1] {first: Ada, id: 1, last: Lovelace}
                + SRVUsers[3] applied {first: Cleo, id: 3, last: Egypt}
                + SRVUsers[3] expected {first: Cleo, id: 3, last: Egypt, mail: cleo@x}
                - SRVUsers[3] {first: Cleo, id: 3, last: Egypt}
                + Users[1] {display: Ada Lovelace, mail: ada@x}
                - Users[1] {display: Ada Lovelace}
                + Users[3] applied {display: Cleo Egypt}
                + Users[3] expected {display: Cleo Egypt, mail: cleo@x}
                - Users[3] {display: Cleo Egypt}
                + queue 1: Modified Users[3] {display: Cleo Egypt, mail: cleo@x}, 1 attempts
                """);
        year.Warnings.Should().BeEmpty();

        await year.ChangeServerAsync(server => server with { UserAttributes = ["id", "first", "last", "mail", "phone"] });
        await year.ThenAsync(
            "the server sends an attribute that the client does not map: kept, and not delivered",
            calls: "",
            views: """
                + SRVUsers[1] {first: Ada, id: 1, last: Lovelace, mail: ada@x, phone: 101}
                - SRVUsers[1] {first: Ada, id: 1, last: Lovelace, mail: ada@x}
                + SRVUsers[4] {first: Daniel, id: 4, last: Brown, phone: 104}
                - SRVUsers[4] {first: Daniel, id: 4, last: Brown}
                """);

        await year.ChangeClientAsync(client => client.With(
            "Users", "SRVUsers", ("display", "{{ first ~ ' ' ~ last }}"), ("mail", "mail"), ("phone", "phone")));
        await year.ThenAsync(
            "the client maps it: it is filled from the state; what is not due yet in the queue stays there",
            calls: """
                Modified Users[1] {display: Ada Lovelace, mail: ada@x} to {display: Ada Lovelace, mail: ada@x, phone: 101}
                Modified Users[4] {display: Daniel Brown} to {display: Daniel Brown, phone: 104}
                """,
            views: """
                + Users[1] {display: Ada Lovelace, mail: ada@x, phone: 101}
                - Users[1] {display: Ada Lovelace, mail: ada@x}
                + Users[4] {display: Daniel Brown, phone: 104}
                - Users[4] {display: Daniel Brown}
                """);

        year.HandlersWork();
        await year.ChangeServerAsync(server => server with { UserAttributes = ["id", "first", "last", "phone"] });
        await year.ThenAsync(
            "the server no longer sends the mail: it is removed from the target, behind what waits",
            calls: """
                Modified Users[1] {display: Ada Lovelace, mail: ada@x, phone: 101} to {display: Ada Lovelace, phone: 101}
                """,
            views: """
                - SRVUsers[1] {first: Ada, id: 1, last: Lovelace, mail: ada@x, phone: 101}
                + SRVUsers[1] {first: Ada, id: 1, last: Lovelace, phone: 101}
                - SRVUsers[3] applied {first: Cleo, id: 3, last: Egypt}
                - SRVUsers[3] expected {first: Cleo, id: 3, last: Egypt, mail: cleo@x}
                + SRVUsers[3] {first: Cleo, id: 3, last: Egypt}
                - Users[1] {display: Ada Lovelace, mail: ada@x, phone: 101}
                + Users[1] {display: Ada Lovelace, phone: 101}
                - Users[3] applied {display: Cleo Egypt}
                - Users[3] expected {display: Cleo Egypt, mail: cleo@x}
                + Users[3] {display: Cleo Egypt}
                + queue 2: Modified Users[3] {display: Cleo Egypt}, 0 attempts
                """);
        year.Warnings.Should().ContainSingle().Which.Should().Contain("mail");

        await year.RetryAsync();
        await year.ThenAsync(
            "the queue is retried",
            calls: """
                Modified Users[3] {display: Cleo Egypt} to {display: Cleo Egypt, mail: cleo@x}
                Modified Users[3] {display: Cleo Egypt, mail: cleo@x} to {display: Cleo Egypt}
                """,
            views: """
                - queue 1: Modified Users[3] {display: Cleo Egypt, mail: cleo@x}, 1 attempts
                - queue 2: Modified Users[3] {display: Cleo Egypt}, 0 attempts
                """);

        await year.ChangeClientAsync(client => client.With("Users", "SRVUsers", ("display", "{{ first ~ ' ' ~ last }}")));
        await year.ThenAsync(
            "the client maps neither any more",
            calls: """
                Modified Users[1] {display: Ada Lovelace, phone: 101} to {display: Ada Lovelace}
                Modified Users[4] {display: Daniel Brown, phone: 104} to {display: Daniel Brown}
                """,
            views: """
                - Users[1] {display: Ada Lovelace, phone: 101}
                + Users[1] {display: Ada Lovelace}
                - Users[4] {display: Daniel Brown, phone: 104}
                + Users[4] {display: Daniel Brown}
                """);
    }
}

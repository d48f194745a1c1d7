namespace Hermes.EndToEnd.Tests.Years;

/// <summary>The year ends: a new client would be like this one, and a restart of both sides calls nobody.</summary>
internal static class December
{
    public static async Task EndAsync(Year year)
    {
        await year.InitSyncAsync();
        await year.ThenNothingAsync("an initsync tells a client that is initialised nothing");

        await year.ClientLeavesAsync();
        year.Groups.Set("g", "name", "Mathematics");
        await year.PollAloneAsync();
        await year.ClientJoinsAsync();
        await year.PollAsync();
        await year.ThenAsync(
            "what happened while the client was away arrives when it is back, the rest is as it was",
            calls: """
                Modified Groups[g] {name: Maths} to {name: Mathematics}
                """,
            views: """
                + Groups[g] {name: Mathematics}
                - Groups[g] {name: Maths}
                + SRVGroups[g] {id: g, name: Mathematics}
                - SRVGroups[g] {id: g, name: Maths}
                """);
    }
}

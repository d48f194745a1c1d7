using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>Runs a history to its end and says what is wrong then.</summary>
internal static class HistoryJudge
{
    /// <param name="history">The history.</param>
    /// <param name="database">The PostgreSQL database that bus and states lie in; null for the memory.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static async Task<string?> TryAsync(History history, string? database = null)
    {
        await using var run = new HistoryRun(history, database);
        try
        {
            await run.RestartServerAsync(ServerSettings.First);
            await run.RestartClientAsync(null);
            // The limit names a history that never ends; it says nothing of how fast one must be.
            foreach (var step in history.Steps)
                await step.Run(run).WaitAsync(TimeSpan.FromMinutes(2));
            await run.ComeToRestAsync().WaitAsync(TimeSpan.FromMinutes(2));
            await JudgeAsync(run);
            await run.RestartClientAsync(null);
            await JudgeAsync(run);
            await run.AdvanceAsync(TimeSpan.FromDays(40));
            await JudgeAsync(run);
            if (!run.HasDiscarded)
                run.Target.Content.Trashed.Should().BeEmpty("what lay in the trashbin was purged");
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception + Environment.NewLine + "calls: " + string.Join(", ", run.Target.Calls);
        }
    }

    private static async Task JudgeAsync(HistoryRun run)
    {
        run.Target.Violations.Should().BeEmpty();
        run.Secrets.Leaks.Should().BeEmpty("a secret is in no state");
        (await run.Client.ListErrorQueueAsync()).Items.Should().BeEmpty("every handler succeeds again");
        (await run.Client.ListDeadLettersAsync()).Items.Should().BeEmpty();
        if (run.HasDiscarded)
            return;

        var wanted = run.Source.Project(run.Target.Settings.Naming, run.Server);
        Texts(run.Target.Content.Live).Should().Equal(Texts(wanted
            .Where(entry => !entry.Key.Type.StartsWith("SRV", StringComparison.Ordinal))
            .Select(entry => KeyValuePair.Create((entry.Key.Type, CampusKeys.Lasting(entry.Key.Type, entry.Key.Key)), entry.Value))));
        JudgePins(run);

        var tables = (await run.Client.CountEntriesAsync()).Select(type => new EntryTable(type.Side, type.Type));
        var expected = new Dictionary<(string, EntryKey), Entry>();
        foreach (var table in tables)
        {
            await foreach (var entry in Pages.ReadAllAsync(query => run.Client.ListEntriesAsync(table, query)))
            {
                if (entry.Expected is { IsTrashed: false } live)
                    expected[(table.Type, entry.Key)] = live.Entry;
                if (entry.Expected is not { IsTrashed: true })
                    entry.Applied.Should().Be(entry.Expected, $"nothing of {table.Type}[{entry.Key}] waits");
                else if (table.Side == EntrySide.Local)
                    entry.Applied!.Entry.Should().Equal(run.Target.Content.Trashed[(table.Type, CampusKeys.Lasting(table.Type, entry.Key))]);
            }
        }

        Texts(expected).Should().Equal(Texts(wanted));
    }

    // A pin that was taken away while no server ran, or whose server has restarted since, may linger: it is in no state that could tell.
    private static void JudgePins(HistoryRun run)
    {
        foreach (var ((building, number), room) in run.Source.Rooms.Where(room => room.Value.Pin is not null))
            run.Target.Content.Pins.GetValueOrDefault(("Rooms", EntryKey.Of(building + number))).Should().Be((Value)room.Pin!, $"this is the pin of {building}{number}");
    }

    private static IEnumerable<string> Texts(IEnumerable<KeyValuePair<(string Type, EntryKey Key), Entry>> entries) => entries
        .Select(entry => $"{entry.Key.Type}[{entry.Key.Key}] {string.Join(", ", entry.Value.Select(attribute => $"{attribute.Key}: {attribute.Value}"))}")
        .Order(StringComparer.Ordinal);
}

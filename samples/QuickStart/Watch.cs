using Hermes.ClientRuntime.Control;
using Spectre.Console;

namespace QuickStart;

/// <summary>Keeps running and tells what arrives, while somebody edits the database.</summary>
internal static class Watch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(DataFolder folder, IHermesClientControl client, BusTail bus, CancellationToken stopping)
    {
        Terminal.Title("Watching: change the database with any SQLite tool; it is polled every two seconds. Ctrl+C ends.");
        AnsiConsole.MarkupLine($"[grey]sqlite3 {Markup.Escape(folder.Database)} \"update people set phone = '+33 5 00 00 00 00' where person_id = 1\"[/]");
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Pause, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await bus.ReadNewAsync() is not { Count: > 0 } events)
                continue;
            await client.WhenCaughtUpAsync(CancellationToken.None);
            AnsiConsole.MarkupLine($"[bold]{TimeProvider.System.GetLocalNow():T}[/]");
            Terminal.Events(events, client.Status);
        }
    }
}

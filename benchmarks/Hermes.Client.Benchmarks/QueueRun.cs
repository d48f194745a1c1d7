using System.Diagnostics;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;

namespace Hermes.Client.Benchmarks;

/// <summary>
/// The error queue is full of events that fail at once, and all of them are tried again: how long a new event waits, a pause, and a list; and how many are tried in a second.
/// </summary>
internal static class QueueRun
{
    private const int Times = 20;
    private static readonly DecidedBy By = new("benchmark", "to measure");

    public static async Task RunAsync(int events)
    {
        var target = new RefusingTarget();
        var (client, watch) = await BenchmarkClient.StartAsync(new Sizes(events, 0, 0), target);
        await using var running = client;
        await client.Control.WhenCaughtUpAsync();
        Console.WriteLine($"{client.Control.Status.QueuedEvents} events in the error queue after {watch.Elapsed.TotalSeconds:F1} s");

        var (fresh, lists, pages, pauses, last) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var filtered = new ListQuery { Filter = new ListFilter { Text = "takes no" }, WithTotal = true };
        await using var writer = BusFile.Continue(client.Bus, events);
        for (var time = 0; time < Times; time++)
        {
            // Each is measured in the midst of a pass over the whole queue.
            var pass = await client.Control.RetryAsync(EventSelection.All, By);
            while (pass.Status.Passed == 0)
                await Task.Yield();
            var applied = target.NextGroup();
            fresh.Add(await MillisecondsAsync(async () =>
            {
                await writer.SendAsync(BusFile.NewGroup(time));
                await applied;
            }));
            lists.Add(await MillisecondsAsync(async () => await client.Control.ListErrorQueueAsync()));
            pages.Add(await MillisecondsAsync(async () => await client.Control.ListErrorQueueAsync(filtered)));
            var paused = Stopwatch.GetTimestamp();
            pauses.Add(await MillisecondsAsync(async () => await client.Control.PauseAsync()));
            pass.Cancel();
            last.Add((target.LastCall - paused) / (double)Stopwatch.Frequency * 1000);
            await client.Control.ResumeAsync();
            await pass.Completion;
        }

        Tell("a new event is applied", fresh);
        Tell("the list is answered", lists);
        Tell("the list with a filter and its total is answered", pages);
        Tell("a pause is answered", pauses);
        Tell("the last call of the target after the pause was asked for", last);
        await RateAsync(client.Control, "refused again", events);
        target.Refuses = false;
        await RateAsync(client.Control, "applied", events);
    }

    private static async Task RateAsync(IHermesClientControl control, string how, int events)
    {
        var watch = Stopwatch.StartNew();
        await (await control.RetryAsync(EventSelection.All, By)).Completion;
        Console.WriteLine($"{events / watch.Elapsed.TotalSeconds:F0} events/s tried and {how}; {control.Status.QueuedEvents} are left");
    }

    private static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Tell(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine($"{what} after {milliseconds[milliseconds.Count / 2]:F0} ms (median of {milliseconds.Count}; the worst {milliseconds[^1]:F0} ms)");
    }
}

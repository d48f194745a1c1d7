using System.Diagnostics;
using Hermes.Sqlite.ClientState;

namespace Hermes.Client.Benchmarks;

/// <summary>An initsync into a target that does nothing: events per second, processor time, peak memory.</summary>
internal static class InitSyncRun
{
    public static async Task RunAsync(Sizes sizes, bool withJournal)
    {
        var (client, watch) = await BenchmarkClient.StartAsync(
            sizes, new NoOpTarget(), withJournal ? null : path => new UnjournaledStore(new SqliteClientStateStore(path, null)));
        await using var running = client;
        await client.Control.WhenCaughtUpAsync();
        watch.Stop();
        Console.WriteLine($"{sizes.Events} events in {watch.Elapsed.TotalSeconds:F2} s: {sizes.Events / watch.Elapsed.TotalSeconds:F0}/s");
        var process = Process.GetCurrentProcess();
        Console.WriteLine($"processor time {process.TotalProcessorTime.TotalSeconds:F2} s, peak memory {process.PeakWorkingSet64 / 1e6:F0} MB");
        Console.WriteLine($"state {new FileInfo(client.State).Length / 1e6:F0} MB");
    }
}

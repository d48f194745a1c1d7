using System.Diagnostics;
using System.Text.Json;
using Hermes.Benchmarks.Data;

namespace Hermes.Benchmarks.Phases;

/// <summary>The phases of a run, in order: each goes on from what the one before left behind.</summary>
internal static class Phase
{
    public const string Data = "data";
    public const string ChangeOnePercent = "change 1 %";
    public const string BareRead = "bare read";
    public const string FirstPoll = "first poll";
    public const string NoChangePoll = "no-change poll";
    public const string ServerWarmStart = "server warm start";
    public const string InitSync = "initsync";
    public const string BareInsert = "bare insert of the same bytes";
    public const string ClientInitialisation = "client initialisation";
    public const string ClientWarmStart = "client warm start";
    public const string ServerOnePercent = "poll of 1 % changed";
    public const string ClientOnePercent = "client of 1 % changed";

    public static readonly string[] InOrder =
    [
        Data, BareRead, FirstPoll, ServerWarmStart, InitSync, BareInsert, ClientInitialisation, ChangeOnePercent, ServerOnePercent, ClientOnePercent,
    ];

    /// <summary>Runs a phase in this process and writes its figures as JSON.</summary>
    public static async Task RunAsync(string phase, BenchmarkFolder folder, int users)
    {
        var entries = CampusData.EntriesOf(users);
        var times = phase switch
        {
            Data => Untimed(() => CampusData.Create(folder.Database, users)),
            ChangeOnePercent => Untimed(() => CampusData.ChangeOnePercent(folder.Database, users)),
            BareRead => Times(BareRead, entries, Median(5, () => Floors.Read(folder.Database))),
            BareInsert => Times(BareInsert, entries, Floors.Insert(folder.Bus, folder.BareTable)),
            FirstPoll => await ServerPhases.FirstPollAsync(folder, entries),
            ServerWarmStart => await ServerPhases.WarmStartAsync(folder, entries),
            InitSync => await ServerPhases.InitSyncAsync(folder, entries),
            ServerOnePercent => await ServerPhases.OnePercentAsync(folder),
            ClientInitialisation => await ClientPhases.InitialiseAsync(folder, entries),
            ClientOnePercent => await ClientPhases.OnePercentAsync(folder),
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "There is no such phase."),
        };

        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        Console.Out.Write(JsonSerializer.Serialize(times.ToDictionary(time => time.Name, time => new Figure(time.Seconds, time.Items, peak))));
    }

    public static double Median(int times, Func<double> measure)
    {
        var measured = Enumerable.Range(0, times).Select(_ => measure()).Order().ToList();
        return measured[times / 2];
    }

    private static (string Name, double Seconds, long Items)[] Untimed(Action prepare)
    {
        prepare();
        return [];
    }

    private static (string Name, double Seconds, long Items)[] Times(string name, long items, double seconds) => [(name, seconds, items)];
}

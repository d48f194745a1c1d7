using System.Globalization;
using Hermes.Benchmarks.Phases;

namespace Hermes.Benchmarks;

/// <summary>Prints what was measured as a table in Markdown, each phase beside its floor.</summary>
internal static class Report
{
    private static readonly (string Phase, string? Floor)[] Rows =
    [
        (Phase.BareRead, null), (Phase.FirstPoll, Phase.BareRead), (Phase.NoChangePoll, Phase.BareRead), (Phase.ServerOnePercent, Phase.BareRead),
        (Phase.ServerWarmStart, null), (Phase.BareInsert, null), (Phase.InitSync, Phase.BareInsert), (Phase.ClientInitialisation, Phase.BareInsert),
        (Phase.ClientOnePercent, null), (Phase.ClientWarmStart, null),
    ];

    public static void Print(IReadOnlyList<BenchmarkRun> runs, TextWriter output)
    {
        foreach (var run in runs)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{run.Users} users, {run.Entries} entries\n"));
            output.WriteLine("| phase | seconds | items/s | times its floor | peak MB |\n|---|---:|---:|---:|---:|");
            foreach (var (phase, floor) in Rows)
            {
                var figure = run.Figures[phase];
                var ratio = floor is null ? "" : (figure.Seconds / run.Figures[floor].Seconds).ToString("0.00", CultureInfo.InvariantCulture);
                var rate = figure.Items == 0 ? "" : figure.PerSecond.ToString("0", CultureInfo.InvariantCulture);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"| {phase} | {figure.Seconds:0.000} | {rate} | {ratio} | {figure.PeakMegabytes:0} |"));
            }
        }

        // A small run is mostly the start of the process.
        if (runs.Count > 1)
            PrintGrowth(runs.SkipLast(1).FirstOrDefault(run => run.Users >= 10_000) ?? runs[^2], runs[^1], output);
    }

    // How time grows with size: 1 is linear.
    private static void PrintGrowth(BenchmarkRun small, BenchmarkRun large, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nGrowth from {small.Users} to {large.Users} users, as an exponent\n"));
        foreach (var (phase, _) in Rows.Where(row => small.Figures[row.Phase].Seconds > 0.05))
        {
            var exponent = Math.Log(large.Figures[phase].Seconds / small.Figures[phase].Seconds) / Math.Log((double)large.Entries / small.Entries);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- {phase}: {exponent:0.00}"));
        }
    }
}

using System.Diagnostics;
using Hermes.Crash.Host;
using Hermes.Crash.Tests.Invariants;

namespace Hermes.Crash.Tests.Rig;

/// <summary>Many campuses, some of them side by side, each with options of its own; and at last one in which the failpoints are passed that no other has passed.</summary>
/// <param name="seed">Everything is drawn from it.</param>
/// <param name="tell">Is told what was done so far.</param>
internal sealed class CrashSeries(int seed, Action<string> tell)
{
    private const int KillsPerCampus = 50;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private SettledFigures _figures = new(0, 0, 0, 0);

    public KillStatistics Kills { get; } = new();

    /// <summary>The failpoints at which nothing was killed yet.</summary>
    public IReadOnlyList<string> Missing => [.. KillPlan.Failpoints(Role.Server).Concat(KillPlan.Failpoints(Role.Client)).Except(Kills.Reached)];

    /// <summary>Kills at least so many times, and at every failpoint at least once.</summary>
    public async Task RunAsync(int kills)
    {
        var campuses = (kills + KillsPerCampus - 1) / KillsPerCampus;
        var sideBySide = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, campuses),
            sideBySide,
            async (number, _) => await RunAsync(number, run => run.RunAsync((kills / campuses) + (number < kills % campuses ? 1 : 0))));
        if (Missing.Count > 0)
            await RunAsync(campuses, run => run.RunAsync(Missing));
    }

    private async Task RunAsync(int number, Func<CampusRun, Task<SettledFigures>> run)
    {
        var random = new Random(unchecked((seed * 31) + number));
        var options = CampusOptions.Draw(random);
        var folder = new RigFolder(Directory.CreateTempSubdirectory("hermes-crash-").FullName);
        try
        {
            var figures = await run(new CampusRun(folder, random.Next(), options, Kills));
            lock (_gate)
            {
                _figures += figures;
                tell($"{_watch.Elapsed.TotalSeconds:F0} s: {Kills}; {_figures}; no violation. The last campus had {options}.");
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"With the seed {seed}, in campus {number} ({options}), after {Kills}. Its files are in {folder.Path}.", exception);
        }

        Directory.Delete(folder.Path, recursive: true);
    }
}

using System.Diagnostics;
using Hermes.Crash.Host;
using Hermes.Crash.Tests.Invariants;
using Hermes.Crash.Tests.Power;

namespace Hermes.Crash.Tests.Rig;

/// <summary>Many campuses, some of them side by side, each with options of its own; and at last one in which the failpoints are passed that no other has passed.</summary>
internal sealed class CrashSeries : IAsyncDisposable
{
    private const int KillsPerCampus = 50;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private readonly List<Exception> _violations = [];
    private readonly Draws _draws = Draws.FromEnvironment();
    private readonly CampusDirectory _directory = new();
    private readonly CampusBroker _broker;
    private readonly CampusDatabase _database;
    private readonly int _seed;
    private readonly Action<string> _tell;
    private SettledFigures _figures = new(0, 0, 0, 0, 0);

    /// <param name="seed">Everything is drawn from it.</param>
    /// <param name="tell">Is told what was done so far.</param>
    public CrashSeries(int seed, Action<string> tell) =>
        (_seed, _tell, _broker, _database) = (seed, tell, new CampusBroker(() => Kills.Count("kills of the broker")), new CampusDatabase(Kills.Count));

    public KillStatistics Kills { get; } = new();

    /// <summary>The failpoints at which nothing was killed yet.</summary>
    public IReadOnlyList<string> Missing => [.. KillPlan.Failpoints(Role.Server).Concat(KillPlan.Failpoints(Role.Client)).Except(Kills.Reached)];

    /// <summary>Kills at least so many times, and at every failpoint at least once.</summary>
    public async Task RunAsync(int kills)
    {
        if (PowerCutShim.Path is null)
            _tell($"No power is cut: {PowerCutShim.Reason}.");
        if (CampusDirectory.Missing is { } directory)
            _tell($"No campus has a directory. {directory}");
        if (CampusBroker.Missing is { } broker)
            _tell($"No campus has a broker. {broker}");
        if (CampusDatabase.Missing is { } database)
            _tell($"No campus has a database. {database}");
        var campuses = (kills + KillsPerCampus - 1) / KillsPerCampus;
        var sideBySide = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, campuses),
            sideBySide,
            async (number, _) => await RunAsync(number, run => run.RunAsync((kills / campuses) + (number < kills % campuses ? 1 : 0))));
        if (Missing.Count > 0)
            await RunAsync(campuses, run => run.RunAsync(Missing), options => options with
            {
                Target = CampusTarget.Journal,
                Trouble = CampusTrouble.None,
                Bus = CampusBus.Sqlite,
                State = CampusState.Sqlite,
            });
        if (_violations.Count > 0)
            throw new AggregateException($"{_violations.Count} violations with the seed {_seed}.", _violations);
    }

    // Mixed: what Random draws from seeds that follow one another is not independent.
    private int SeedOf(int number)
    {
        var mixed = unchecked(((uint)_seed + ((uint)number * 0x9E37_79B9)) * 0x85EB_CA6B);
        return (int)((mixed ^ (mixed >> 15)) & int.MaxValue);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _broker.DisposeAsync();
        await _directory.DisposeAsync();
    }

    // After a violation the other campuses go on: there may be more to find.
    private async Task RunAsync(int number, Func<CampusRun, Task<SettledFigures>> run, Func<CampusOptions, CampusOptions>? adjust = null)
    {
        var random = new Random(SeedOf(number));
        var options = _draws.Draw(random);
        options = adjust?.Invoke(options) ?? options;
        Kills.Count($"campuses with a {options.Target.ToString().ToLowerInvariant()} target");
        Kills.Count($"campuses with a {options.Bus} bus");
        Kills.Count($"campuses with states in {options.State}");
        Kills.Count($"campuses struck by {options.Trouble.ToString().ToLowerInvariant()}");
        var folder = new RigFolder(Directory.CreateTempSubdirectory("hermes-crash-").FullName);
        try
        {
            if (options.Target == CampusTarget.Directory)
                options = options with { Directory = await _directory.PlaceAsync(folder) };
            if (options.Bus == CampusBus.RabbitMq)
                options = options with { Broker = await _broker.PlaceAsync(folder) };
            if (options.NeedsDatabase)
                options = options with { Database = await _database.PlaceAsync(folder) };
            var figures = await run(new CampusRun(folder, random.Next(), options, Kills));
            lock (_gate)
            {
                _figures += figures;
                _tell($"{_watch.Elapsed.TotalSeconds:F0} s: {Kills}; {_figures}; {_violations.Count} violations. The last campus had {options}.");
            }

            Directory.Delete(folder.Path, recursive: true);
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _violations.Add(new InvalidOperationException($"In campus {number} ({options}). Its files are in {folder.Path}.", exception));
                _tell($"{_watch.Elapsed.TotalSeconds:F0} s: VIOLATION in campus {number} ({options}), files in {folder.Path}: {exception.Message}");
            }
        }
    }
}

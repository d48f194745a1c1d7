using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Hermes.TestSupport.Servers;
using Xunit.Abstractions;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>
/// Random histories. <c>HERMES_HISTORIES</c> says how many (20,000 if unset), <c>HERMES_SEED</c> from which seed on (the same ones if unset, others
/// if 0); a failure names the seed that replays it alone. With bus and states in PostgreSQL there are fewer: <c>HERMES_HISTORIES_POSTGRESQL</c>, 30 if unset.
/// </summary>
[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class HistoryTests(ITestOutputHelper output, SharedServer<PostgreSqlServer> shared)
{
    private const int MostTries = 400;

    [Fact]
    public Task Whatever_happens_the_target_ends_equal_to_the_source_and_every_handler_was_called_in_order() => RunAsync(Setting("HERMES_HISTORIES") ?? 20_000, null);

    [ServerFact]
    public async Task So_it_does_with_bus_and_states_in_PostgreSQL() =>
        await RunAsync(Setting("HERMES_HISTORIES_POSTGRESQL") ?? 30, (await shared.GetAsync()).ConnectionString);

    private async Task RunAsync(int count, string? database)
    {
        var first = Setting("HERMES_SEED") switch { null => 1, 0 => Random.Shared.Next(1_000_000_000), { } seed => seed };
        output.WriteLine($"{count} histories from HERMES_SEED={first}");
        var watch = Stopwatch.StartNew();
        var failures = new ConcurrentDictionary<int, string>();
        await Parallel.ForAsync(first, first + count, async (seed, cancellationToken) =>
        {
            if (failures.IsEmpty && await HistoryJudge.TryAsync(HistoryWriter.Write(seed), database) is { } failure)
                failures[seed] = failure;
        });
        foreach (var (seed, failure) in failures.OrderBy(failed => failed.Key))
            Assert.Fail(await ReportAsync(HistoryWriter.Write(seed), failure, database));

        output.WriteLine($"took {watch.Elapsed}");
    }

    // Leaves out whatever is not needed to fail.
    private static async Task<string> ReportAsync(History history, string failure, string? database)
    {
        var whole = history;
        var tries = 0;
        for (var size = Math.Max(1, history.Steps.Count / 2); size >= 1; size = size == 1 ? 0 : size / 2)
        {
            for (var from = history.Steps.Count - size; from >= 0 && tries < MostTries; from -= size, tries++)
            {
                if (from + size > history.Steps.Count)
                    continue;
                var shorter = history with { Steps = [.. history.Steps.Take(from), .. history.Steps.Skip(from + size)] };
                if (await HistoryJudge.TryAsync(shorter, database) is { } same)
                    (history, failure) = (shorter, same);
            }
        }

        return $"Replay with HERMES_SEED={whole.Seed} HERMES_HISTORIES=1.{Environment.NewLine}{history}{Environment.NewLine}{failure}{Environment.NewLine}"
            + $"The whole history was:{Environment.NewLine}{whole}";
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

/// <summary>The database of the histories.</summary>
[CollectionDefinition(nameof(PostgreSqlServer))]
public sealed class PostgreSqlCollection : ICollectionFixture<SharedServer<PostgreSqlServer>>;

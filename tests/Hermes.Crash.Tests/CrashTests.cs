using System.Diagnostics;
using System.Globalization;
using Hermes.Crash.Host;
using Hermes.Crash.Tests.Rig;
using Xunit.Abstractions;

namespace Hermes.Crash.Tests;

/// <summary>Server and client are killed again and again, at failpoints and at random moments. Seeded by <c>HERMES_CRASH_SEED</c>.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int DefaultKills = 60;
    private const int KillsBetweenChecks = 200;

    [Fact]
    public async Task Killed_at_failpoints_and_at_random_moments_it_loses_nothing_and_repeats_nothing_unmarked()
    {
        var seed = Number("HERMES_CRASH_SEED") ?? Random.Shared.Next();
        var kills = Number("HERMES_CRASH_KILLS") ?? DefaultKills;
        output.WriteLine($"HERMES_CRASH_SEED={seed} HERMES_CRASH_KILLS={kills}");
        var folder = new RigFolder(Directory.CreateTempSubdirectory("hermes-crash-").FullName);
        var run = new CrashRun(folder, seed);
        var watch = Stopwatch.StartNew();
        try
        {
            run.CreateSource();
            for (var left = kills; left > 0; left -= KillsBetweenChecks)
            {
                var state = await run.RunAsync(Math.Min(left, KillsBetweenChecks));
                output.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s: {run.Kills}; {state}; no violation");
            }

            run.Kills.Total.Should().Be(kills);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"With the seed {seed}, after {run.Kills}. The files are in {folder.Path}.", exception);
        }

        Directory.Delete(folder.Path, recursive: true);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}

using System.Globalization;
using Hermes.Crash.Tests.Rig;
using Xunit.Abstractions;

namespace Hermes.Crash.Tests;

/// <summary>
/// Server and client are killed again and again, at failpoints and at random moments. Seeded by <c>HERMES_CRASH_SEED</c>; what is told goes also to the file
/// <c>HERMES_CRASH_REPORT</c>, line by line.
/// </summary>
[Trait("Category", "Long")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int DefaultKills = 60;

    [Fact]
    public async Task Killed_at_failpoints_and_at_random_moments_it_loses_nothing_and_repeats_nothing_unmarked()
    {
        var seed = Number("HERMES_CRASH_SEED") ?? Random.Shared.Next();
        var kills = Number("HERMES_CRASH_KILLS") ?? DefaultKills;
        Tell($"HERMES_CRASH_SEED={seed} HERMES_CRASH_KILLS={kills}");
        await using var series = new CrashSeries(seed, Tell);

        await series.RunAsync(kills);

        series.Kills.Total.Should().BeGreaterThanOrEqualTo(kills);
        series.Missing.Should().BeEmpty("every failpoint is passed at least once");
    }

    private void Tell(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("HERMES_CRASH_REPORT") is { Length: > 0 } report)
            File.AppendAllText(report, line + "\n");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}

using System.Globalization;
using Hermes.Crash.Tests.Rig;
using Hermes.TestSupport.Servers;
using Xunit.Abstractions;

namespace Hermes.Crash.Tests.Standby;

/// <summary>
/// Two hosts with one state. Seeded by <c>HERMES_CRASH_SEED</c>; the long form makes <c>HERMES_STANDBY_ROUNDS</c> rounds, 50 without it, and writes what it found to the file
/// <c>HERMES_CRASH_REPORT</c> as well.
/// </summary>
[RequiresServer("postgresql")]
public sealed class StandbyTests(ITestOutputHelper output)
{
    private const int DefaultRounds = 50;
    private static readonly Strike[] Strikes = Enum.GetValues<Strike>();

    [ServerFact]
    public Task Of_two_hosts_one_is_at_work_and_the_other_takes_over() => RunAsync(2 * Strikes.Length);

    [ServerFact, Trait("Category", "Long")]
    public Task Of_two_hosts_one_is_at_work_and_the_other_takes_over_again_and_again() => RunAsync(Number("HERMES_STANDBY_ROUNDS") ?? DefaultRounds);

    private async Task RunAsync(int rounds)
    {
        var seed = Number("HERMES_CRASH_SEED") ?? Random.Shared.Next();
        Tell($"HERMES_CRASH_SEED={seed} HERMES_STANDBY_ROUNDS={rounds}");
        var random = new Random(seed);
        await using var campus = await StandbyCampus.StartAsync(seed);
        var strikes = new[] { Role.Server, Role.Client }.SelectMany(role => Strikes.Select(strike => (role, strike))).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            // Each comes once before any comes again.
            if (round % strikes.Length == 0)
                random.Shuffle(strikes);
            var (role, strike) = strikes[round % strikes.Length];
            await campus.RoundAsync(role, strike);
            if (round % 50 == 49)
                Tell($"{round + 1} rounds. {campus.Times}");
        }

        Tell($"{await campus.SettleAsync()}. {campus.Times}");
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

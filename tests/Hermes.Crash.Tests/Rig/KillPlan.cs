using Hermes.Crash.Host;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Tests.Rig;

/// <summary>The kills of one role in one campus, drawn from a seed: the same seed gives the same kills.</summary>
internal sealed class KillPlan(Role role, int seed, CampusOptions options)
{
    private const int FaultPercent = 3;
    private const int FaultPercentWhenAiming = 20;
    private static readonly int[] Hits = [1, 1, 1, 2, 2, 3, 5, 8, 20];

    private readonly Random _random = new(HashCode(seed, role));

    /// <summary>All failpoints of a role.</summary>
    public static IReadOnlyList<string> Failpoints(Role role) => role == Role.Server ? ServerFailpoints.All : ClientFailpoints.All;

    /// <summary>The settings of the last launch.</summary>
    public RigSettings Last { get; private set; } = new(seed, FaultPercent, CampusModel.Plain, TimeSpan.Zero, options);

    /// <summary>Kills without end: at failpoints, each of which comes once before any comes again, and at random moments.</summary>
    public IEnumerable<Launch> AtRandom()
    {
        // The first one finds nothing there yet.
        if (role == Role.Client)
            yield return At(ClientFailpoints.OfNewClient[_random.Next(2)], 1);
        string[] failpoints = [.. Failpoints(role).Where(failpoint => failpoint != ClientFailpoints.LastOffset)];
        _random.Shuffle(failpoints);
        for (var next = 0; ;)
        {
            yield return _random.Next(10) switch
            {
                0 => Make(new Kill.Starting(TimeSpan.FromMilliseconds(_random.Next(500))), Seldom()),
                1 or 2 => Make(new Kill.Running(TimeSpan.FromMilliseconds(_random.Next(500))), Seldom()),
                _ => At(failpoints[next % failpoints.Length], HitOf(failpoints, next++)),
            };
        }
    }

    /// <summary>One kill at each of these failpoints, in situations that are sure to pass them. For a new campus.</summary>
    public IEnumerable<Launch> SurelyAt(IEnumerable<string> failpoints) =>
        failpoints.OrderByDescending(ClientFailpoints.OfNewClient.Contains).ThenBy(failpoint => failpoint == ClientFailpoints.SetUp).Select(failpoint =>
        {
            var launch = At(failpoint, 1);
            return launch with { Kill = new Kill.SurelyAt(failpoint), Settings = launch.Settings with { FaultPercent = FaultPercentWhenAiming } };
        });

    private int HitOf(string[] failpoints, int next)
    {
        var once = role == Role.Server ? ServerFailpoints.Once : ClientFailpoints.Once;
        return next < failpoints.Length || once.Contains(failpoints[next % failpoints.Length]) ? 1 : Hits[_random.Next(Hits.Length)];
    }

    private Launch At(string failpoint, int hit)
    {
        if (failpoint == ClientFailpoints.SetUp)
            ChangeModel();
        return Make(new Kill.At(failpoint, hit), Seldom());
    }

    private Launch Make(Kill kill, string? command)
    {
        if (_random.Next(8) == 0)
            ChangeModel();
        Last = Last with { Seed = _random.Next(), ClockShift = _random.Next(-1, 2) * options.ClockStep };
        return new Launch(kill, Last, command);
    }

    private void ChangeModel()
    {
        var step = _random.Next(1, 3);

        Last = Last with
        {
            Model = role == Role.Client && KeepsItsTypes
                ? Last.Model == CampusModel.Plain ? CampusModel.WithNickname : CampusModel.Plain
                : (CampusModel)(((int)Last.Model + step) % 3),
        };
    }

    // The settings of a directory name the types, so that a client cannot come and go without one. And a client that is put back to a time when it had no memberships does not
    // know of those that its tables hold by then, and that keep their parents.
    private bool KeepsItsTypes => options.Target == CampusTarget.Directory || options is { Target: CampusTarget.Table, Trouble: CampusTrouble.ClientRestores };

    private string? Seldom() => role == Role.Server && _random.Next(10) == 0 ? "initsync" : null;

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, Role role) => unchecked((seed * 397) ^ ((int)role * 7919));
}

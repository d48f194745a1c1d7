using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Tests.Rig;

/// <summary>The kills of one role, drawn from a seed: the same seed gives the same kills. Each failpoint comes once before any comes again.</summary>
internal sealed class KillPlan
{
    private static readonly int[] Hits = [1, 1, 1, 2, 2, 3, 5, 8, 20];

    private readonly Random _random;
    private readonly string[] _failpoints;
    private int _next;

    public KillPlan(Role role, int seed)
    {
        _random = new Random(HashCode(seed, role));
        _failpoints = [.. role == Role.Server ? ServerFailpoints.All : ClientFailpoints.All];
        _random.Shuffle(_failpoints);
    }

    /// <summary>A seed for what the next process does at random.</summary>
    public int NextSeed() => _random.Next();

    public Kill Next() => _random.Next(10) switch
    {
        0 => new Kill.Starting(TimeSpan.FromMilliseconds(_random.Next(1_000))),
        1 or 2 => new Kill.Running(TimeSpan.FromMilliseconds(_random.Next(800))),
        _ => NextFailpoint(),
    };

    private Kill.At NextFailpoint()
    {
        var isFirstRound = _next < _failpoints.Length;
        return new Kill.At(_failpoints[_next++ % _failpoints.Length], isFirstRound ? 1 : Hits[_random.Next(Hits.Length)]);
    }

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, Role role) => unchecked((seed * 397) ^ ((int)role * 7919));
}

using System.Collections.Concurrent;

namespace Hermes.Crash.Tests.Rig;

/// <summary>What was killed so far.</summary>
internal sealed class KillStatistics
{
    private readonly ConcurrentDictionary<string, int> _reached = new();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _random;
    private int _missed;

    public int Total => _random + _reached.Values.Sum();

    public int AtFailpoints => _reached.Values.Sum();

    public ICollection<string> Reached => _reached.Keys;

    public void AtRandom() => Interlocked.Increment(ref _random);

    public void AtFailpoint(string name) => _reached.AddOrUpdate(name, 1, (_, count) => count + 1);

    /// <summary>A failpoint was not reached in time: the process was killed at a random moment instead.</summary>
    public void Missed()
    {
        Interlocked.Increment(ref _missed);
        AtRandom();
    }

    /// <summary>Counts something that was in use, or was done beside the kills.</summary>
    public void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public override string ToString() =>
        $"{Total} kills, {AtFailpoints} of them at {_reached.Count} failpoints, {_random} at random moments ({_missed} because the failpoint was not reached in time); "
        + string.Join(", ", _counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));
}

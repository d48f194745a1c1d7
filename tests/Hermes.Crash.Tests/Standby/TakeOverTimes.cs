using System.Globalization;

namespace Hermes.Crash.Tests.Standby;

/// <summary>How long nobody was at work after a strike: until the next commit.</summary>
internal sealed class TakeOverTimes
{
    private readonly SortedDictionary<Strike, List<TimeSpan>> _times = [];

    public void Add(Strike strike, TimeSpan time)
    {
        if (!_times.TryGetValue(strike, out var times))
            _times.Add(strike, times = []);
        times.Add(time);
    }

    public override string ToString() => string.Join("; ", _times.Select(times => Text(times.Key, [.. times.Value.Order()])));

    private static string Text(Strike strike, List<TimeSpan> times) => string.Create(
        CultureInfo.InvariantCulture, $"{strike}: {times.Count} rounds, median {times[times.Count / 2].TotalSeconds:F2} s, worst {times[^1].TotalSeconds:F2} s");
}

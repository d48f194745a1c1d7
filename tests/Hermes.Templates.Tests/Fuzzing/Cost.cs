using System.Globalization;

namespace Hermes.Templates.Tests.Fuzzing;

/// <summary>What a call costs its thread.</summary>
/// <param name="Nanoseconds">The processor's time; 0 where the system does not tell it.</param>
/// <param name="Bytes">The memory allocated.</param>
internal readonly record struct Cost(long Nanoseconds, long Bytes)
{
    /// <summary>Where Linux tells how long this thread has run.</summary>
    private const string ThreadStatistics = "/proc/thread-self/schedstat";

    public static Cost Of<T>(Func<T> call, out T result)
    {
        var started = ThreadTime();
        var before = GC.GetAllocatedBytesForCurrentThread();
        result = call();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return new Cost(ThreadTime() - started, bytes);
    }

    private static long ThreadTime() => File.Exists(ThreadStatistics)
        ? long.Parse(File.ReadAllText(ThreadStatistics).AsSpan().TrimStart().ToString().Split(' ')[0], CultureInfo.InvariantCulture)
        : 0;
}

/// <summary>The five templates that cost most.</summary>
internal sealed class Extreme
{
    private const int Kept = 5;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<string, long> _most = new();

    public void Meet(long cost, int seed, string text)
    {
        lock (_lock)
        {
            _most.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{cost,13:N0}  seed {seed}: {text}"), cost);
            if (_most.Count > Kept)
                _most.Dequeue();
        }
    }

    public override string ToString() => string.Concat(_most.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => "\n" + item.Element));
}

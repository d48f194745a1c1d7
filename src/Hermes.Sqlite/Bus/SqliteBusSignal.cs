using System.Collections.Concurrent;

namespace Hermes.Sqlite.Bus;

/// <summary>Wakes the consumers of a file when a producer of the same process has written to it.</summary>
internal sealed class SqliteBusSignal
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>Completes at the next signal for a file. To miss none, ask before reading.</summary>
    public Task Next(string path) => waiting.GetOrAdd(Path.GetFullPath(path), _ => New()).Task;

    public void Tell(string path)
    {
        if (waiting.TryRemove(Path.GetFullPath(path), out var waiters))
            waiters.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Collections.Concurrent;

namespace Hermes.Sqlite.Bus;

/// <summary>Wakes the consumers of a file when a producer of the same process has written to it.</summary>
internal sealed class SqliteBusSignal
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes when a file is written to next. To miss nothing, ask before reading.</summary>
    public Task Next(string path) => _waiting.GetOrAdd(Path.GetFullPath(path), _ => New()).Task;

    public void Set(string path)
    {
        if (_waiting.TryRemove(Path.GetFullPath(path), out var waiters))
            waiters.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Diagnostics;
using Hermes.Abstractions;
using Hermes.Abstractions.Targets;

namespace Hermes.Client.Benchmarks;

/// <summary>Refuses every person at once until it is told otherwise, and takes everything else.</summary>
internal sealed class RefusingTarget : IClientTarget
{
    private long _lastCall;
    private TaskCompletionSource? _group;

    public bool Refuses { get; set; } = true;

    /// <summary>The time of the last call, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long LastCall => Interlocked.Read(ref _lastCall);

    /// <summary>Completes with the next change of a group.</summary>
    public Task NextGroup()
    {
        _group = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _group.Task;
    }

    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _lastCall, Stopwatch.GetTimestamp());
        if (change.Type == "Groups")
            _group?.TrySetResult();
        return Refuses && change.Type == "People" ? throw new TargetException("The target takes no people.", FaultKind.Permanent) : ValueTask.CompletedTask;
    }
}

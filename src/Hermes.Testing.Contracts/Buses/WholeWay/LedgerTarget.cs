using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Contracts.Buses.WholeWay;

/// <summary>A target that notes every change that it gets, and tells when there are so many.</summary>
internal sealed class LedgerTarget : IClientTarget
{
    private readonly Lock _gate = new();
    private readonly List<(TargetChangeKind Kind, EntryKey Key)> _changes = [];
    private (int Count, TaskCompletionSource Reached)? _mark;

    /// <summary>What came, in order. To be read when nothing more comes.</summary>
    public IReadOnlyList<(TargetChangeKind Kind, EntryKey Key)> Changes => _changes;

    /// <summary>Says what is going on when changes are waited for in vain.</summary>
    public Func<string> Explain { get; set; } = () => "";

    /// <summary>Waits for so many changes.</summary>
    public async Task ReachedAsync(int count, TimeSpan bound)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_changes.Count >= count)
                return;
            _mark = (count, reached);
        }

        try
        {
            await reached.Task.WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {bound.TotalSeconds:0} s for {count} changes; {_changes.Count} came. {Explain()}");
        }
    }

    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _changes.Add((change.Kind, change.Key));
            if (_mark is { } wanted && _changes.Count >= wanted.Count)
                wanted.Reached.TrySetResult();
        }

        return ValueTask.CompletedTask;
    }
}

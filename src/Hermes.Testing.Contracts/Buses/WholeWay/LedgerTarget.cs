using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Contracts.Buses.WholeWay;

/// <summary>A target that notes every change that it gets, and tells when there are so many.</summary>
internal sealed class LedgerTarget : IClientTarget
{
    private readonly Lock gate = new();
    private readonly List<(TargetChangeKind Kind, EntryKey Key)> changes = [];
    private (int Count, TaskCompletionSource Reached)? mark;

    /// <summary>What came, in order. To be read when nothing more comes.</summary>
    public IReadOnlyList<(TargetChangeKind Kind, EntryKey Key)> Changes => changes;

    /// <summary>Says what is going on when changes are waited for in vain.</summary>
    public Func<string> Explain { get; set; } = () => "";

    /// <summary>Waits for so many changes.</summary>
    public async Task ReachedAsync(int count, TimeSpan bound)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (changes.Count >= count)
                return;
            mark = (count, reached);
        }

        try
        {
            await reached.Task.WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {bound.TotalSeconds:0} s for {count} changes; {changes.Count} came. {Explain()}");
        }
    }

    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            changes.Add((change.Kind, change.Key));
            if (mark is { } wanted && changes.Count >= wanted.Count)
                wanted.Reached.TrySetResult();
        }

        return ValueTask.CompletedTask;
    }
}

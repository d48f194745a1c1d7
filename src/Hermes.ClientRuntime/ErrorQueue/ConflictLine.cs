using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// The events of the queue that need what the object of another entry has, and those of them that are worth an attempt at once, because something became of the other.
/// </summary>
internal sealed class ConflictLine
{
    private readonly NumberIndex _byHolder = new();
    private readonly HashSet<long> _freed = [];

    /// <summary>Whether any event is worth an attempt at once.</summary>
    public bool IsAnyFreed => _freed.Count > 0;

    /// <summary>Those that are worth an attempt at once; from now on, they wait again.</summary>
    public IReadOnlySet<long> TakeFreed()
    {
        var taken = _freed.ToHashSet();
        _freed.Clear();
        return taken;
    }

    /// <summary>Takes a new event in. It is tried once more as soon as what is in work is done: the holder may be part of that.</summary>
    public void Add(QueueItem item)
    {
        if (item.Holder is not { } holder)
            return;
        _byHolder.Add(holder, item.Number);
        _freed.Add(item.Number);
    }

    /// <summary>An event was tried again, or is something else now: with the same holder it waits for a change of that.</summary>
    public void Replace(QueueItem before, QueueItem after)
    {
        if (before.Holder == after.Holder)
            return;
        Remove(before);
        Add(after);
    }

    public void Remove(QueueItem item)
    {
        _freed.Remove(item.Number);
        if (item.Holder is { } holder)
            _byHolder.Remove(holder, item.Number);
    }

    /// <summary>An event is worth an attempt, for a reason of its own.</summary>
    public void Free(long number) => _freed.Add(number);

    /// <summary>A change of an entry has reached the target: what waits for its object is worth an attempt.</summary>
    public void Free(EntryId holder)
    {
        if (_byHolder.Of(holder) is { } waiting)
            _freed.UnionWith(waiting);
    }
}

using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Consecutive messages on their way through the steps, together because they are independent of each other: events of the same type and kind
/// about different entries. Foreign keys never point to the same type, so none of them can wait for another. Any other message runs alone.
/// </summary>
internal sealed class EventRun
{
    private readonly List<RunEvent> _events = [];
    private readonly HashSet<EntryKey> _keys = [];

    public IReadOnlyList<RunEvent> Events => _events;

    /// <summary>Whether the client was stopped before all that had to be done was done.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The last message that was with the target, or changed the client's own data; null if none did.</summary>
    public BusOffset? LastBegun { get; private set; }

    /// <summary>Whether an event may go along with those that are in the run.</summary>
    public bool MayTake(EntryEvent next) => _events is [{ Event: EntryEvent first }, ..]
        && first.GetType() == next.GetType()
        && string.Equals(first.Type, next.Type, StringComparison.Ordinal)
        && !_keys.Contains(next.Key);

    public void Add(RunEvent next)
    {
        _events.Add(next);
        if (next.Event is EntryEvent entry)
            _keys.Add(entry.Key);
    }

    /// <summary>What comes of an event may not be known from now on.</summary>
    public void Begin(RunEvent @event) => LastBegun = LastBegun > @event.Offset ? LastBegun : @event.Offset;

    public void Stop() => IsStopped = true;

    /// <summary>Ends the traces of the events, and is ready for others.</summary>
    public void Clear()
    {
        foreach (var @event in _events)
            @event.Trace?.Dispose();
        _events.Clear();
        _keys.Clear();
        (IsStopped, LastBegun) = (false, null);
    }
}

using System.Collections.Immutable;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// The error queue as an immutable data structure: the events in their order, those of each entry, and which entries they refer to. The
/// state keeps the same events durably.
/// </summary>
internal sealed class EventQueue
{
    private readonly ForeignKeyGraph _foreignKeys;
    private readonly ImmutableSortedDictionary<long, QueuedEvent> _events;
    private readonly ImmutableDictionary<EntryId, ImmutableSortedSet<long>> _byEntry;
    private readonly ImmutableDictionary<EntryId, ImmutableSortedSet<long>> _byAncestor;

    private EventQueue(
        ForeignKeyGraph foreignKeys,
        ImmutableSortedDictionary<long, QueuedEvent> events,
        ImmutableDictionary<EntryId, ImmutableSortedSet<long>> byEntry,
        ImmutableDictionary<EntryId, ImmutableSortedSet<long>> byAncestor)
    {
        _foreignKeys = foreignKeys;
        _events = events;
        _byEntry = byEntry;
        _byAncestor = byAncestor;
    }

    public int Count => _events.Count;

    /// <summary>All events, in their order.</summary>
    public IEnumerable<QueuedEvent> Events => _events.Values;

    /// <summary>The numbers of all events, in their order.</summary>
    public IEnumerable<long> Numbers => _events.Keys;

    public static EventQueue Create(IEnumerable<QueuedEvent> events, ForeignKeyGraph foreignKeys) => events.Aggregate(
        new EventQueue(
            foreignKeys,
            ImmutableSortedDictionary<long, QueuedEvent>.Empty,
            ImmutableDictionary<EntryId, ImmutableSortedSet<long>>.Empty,
            ImmutableDictionary<EntryId, ImmutableSortedSet<long>>.Empty),
        (queue, queued) => queue.With(queued));

    public QueuedEvent? Find(long number) => _events.GetValueOrDefault(number);

    public bool Contains(EntryId entry) => _byEntry.ContainsKey(entry);

    /// <summary>The events of an entry, in their order.</summary>
    public IReadOnlyList<QueuedEvent> Of(EntryId entry) => _byEntry.TryGetValue(entry, out var numbers) ? [.. numbers.Select(number => _events[number])] : [];

    /// <summary>The last event of an entry, or null.</summary>
    public QueuedEvent? LastOf(EntryId entry) => _byEntry.TryGetValue(entry, out var numbers) ? _events[numbers.Max] : null;

    /// <summary>The first event of an entry, or null.</summary>
    public QueuedEvent? HeadOf(EntryId entry) => _byEntry.TryGetValue(entry, out var numbers) ? _events[numbers.Min] : null;

    /// <summary>
    /// The first event in the queue that refers to an entry by foreign keys, directly or through others; null if there is none.
    /// </summary>
    public QueuedEvent? FirstReferringTo(EntryId entry) => _byAncestor.TryGetValue(entry, out var numbers) ? _events[numbers.Min] : null;

    /// <summary>Whether an event that comes after a number refers to an entry by foreign keys, directly or through others.</summary>
    public bool IsReferredToAfter(EntryId entry, long number) => _byAncestor.TryGetValue(entry, out var numbers) && numbers.Max > number;

    /// <summary>The entries that an entry refers to by foreign keys, directly or through others.</summary>
    public IReadOnlyCollection<EntryId> AncestorsOf(EntryId entry) => _foreignKeys.AncestorsOf(entry);

    /// <summary>The queue with an event put in, in place of one with the same number.</summary>
    public EventQueue With(QueuedEvent queued) => new(
        _foreignKeys,
        _events.SetItem(queued.Number, queued),
        Add(_byEntry, queued.Id, queued.Number),
        _foreignKeys.AncestorsOf(queued.Id).Aggregate(_byAncestor, (index, ancestor) => Add(index, ancestor, queued.Number)));

    /// <summary>The queue without an event.</summary>
    public EventQueue Without(QueuedEvent queued) => new(
        _foreignKeys,
        _events.Remove(queued.Number),
        Remove(_byEntry, queued.Id, queued.Number),
        _foreignKeys.AncestorsOf(queued.Id).Aggregate(_byAncestor, (index, ancestor) => Remove(index, ancestor, queued.Number)));

    private static ImmutableDictionary<EntryId, ImmutableSortedSet<long>> Add(
        ImmutableDictionary<EntryId, ImmutableSortedSet<long>> index, EntryId entry, long number) =>
        index.SetItem(entry, index.GetValueOrDefault(entry, []).Add(number));

    private static ImmutableDictionary<EntryId, ImmutableSortedSet<long>> Remove(
        ImmutableDictionary<EntryId, ImmutableSortedSet<long>> index, EntryId entry, long number)
    {
        var rest = index.GetValueOrDefault(entry, []).Remove(number);
        return rest.IsEmpty ? index.Remove(entry) : index.SetItem(entry, rest);
    }
}

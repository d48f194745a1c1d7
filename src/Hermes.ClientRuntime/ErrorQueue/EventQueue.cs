using System.Runtime.InteropServices;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Mapping;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// What is known in memory of the error queue: its events in their order, those of each entry, and which entries they refer to. The state holds the events
/// themselves, so a target that refuses everything costs disk, not memory.
/// </summary>
internal sealed class EventQueue
{
    private readonly Dictionary<long, QueueItem> _items = [];
    private readonly QueueOrder _order;
    private readonly NumberIndex _byEntry = new();
    private readonly NumberIndex _byAncestor = new();
    private readonly Dictionary<string, HashSet<string>> _localTypes = new(StringComparer.Ordinal);

    public EventQueue(ForeignKeyGraph foreignKeys)
    {
        ForeignKeys = foreignKeys;
        _order = new QueueOrder(_items.ContainsKey);
    }

    /// <summary>Which entries refer to which.</summary>
    public ForeignKeyGraph ForeignKeys { get; }

    /// <summary>Those that need what the object of another entry has.</summary>
    public ConflictLine Conflicts { get; } = new();

    /// <summary>What the events failed of.</summary>
    public FailureGroups Failures { get; } = new();

    public int Count => _items.Count;

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>How many events have left.</summary>
    public long Removals { get; private set; }

    /// <summary>All events, in no order.</summary>
    public IReadOnlyCollection<QueueItem> Items => _items.Values;

    public static EventQueue Create(IEnumerable<QueueItem> items, ForeignKeyGraph foreignKeys)
    {
        var queue = new EventQueue(foreignKeys);
        foreach (var item in items)
            queue.Put(item);
        return queue;
    }

    /// <summary>The numbers of all events as they are now, in their order.</summary>
    public long[] GetNumbers() => _order.ToArray();

    /// <summary>Some of the numbers behind another one, in their order.</summary>
    public IReadOnlyList<long> NumbersBehind(long after, int most) => _order.Behind(after, most);

    public QueueItem? Find(long number) => _items.GetValueOrDefault(number);

    public bool Contains(EntryId entry) => _byEntry.Of(entry) is not null;

    /// <summary>The events of an entry, in their order.</summary>
    public IEnumerable<QueueItem> Of(EntryId entry) => _byEntry.Of(entry) is { } numbers ? numbers.Select(number => _items[number]) : [];

    /// <summary>The last event of an entry, or null.</summary>
    public QueueItem? LastOf(EntryId entry) => _byEntry.Of(entry) is { } numbers ? _items[numbers.Last] : null;

    /// <summary>The first event of an entry, or null.</summary>
    public QueueItem? HeadOf(EntryId entry) => _byEntry.Of(entry) is { } numbers ? _items[numbers.First] : null;

    /// <summary>
    /// The first event in the queue whose entry refers to a remote entry by foreign keys, directly or through others; null if there is none.
    /// </summary>
    public QueueItem? FirstReferringTo(EntryId remote) => _byAncestor.Of(remote) is { } numbers ? _items[numbers.First] : null;

    /// <summary>The events of all entries that refer to a remote entry, in their order.</summary>
    public IEnumerable<QueueItem> ReferringTo(EntryId remote) => _byAncestor.Of(remote) is { } numbers ? numbers.Select(number => _items[number]) : [];

    /// <summary>Whether an event that comes after a number is about an entry that refers to a remote entry.</summary>
    public bool IsReferredToAfter(EntryId remote, long number) => _byAncestor.Of(remote) is { } numbers && numbers.Last > number;

    /// <summary>The events of the entries to which a remote entry refers by foreign keys, directly or through others.</summary>
    public IEnumerable<QueueItem> OfAncestors(EntryId remote) =>
        from ancestor in ForeignKeys.AncestorsOf(remote)
        from type in _localTypes.GetValueOrDefault(ancestor.Type, [])
        from item in Of(new EntryId(type, ancestor.Key))
        select item;

    /// <summary>Puts an event in, in place of the one of the same entry that has its number.</summary>
    public void Put(QueueItem item)
    {
        Version++;
        var before = _items.GetValueOrDefault(item.Number);
        _items[item.Number] = item;
        if (before is not null)
        {
            Conflicts.Replace(before, item);
            Failures.Replace(before, item);
            return;
        }

        _order.Add(item.Number);
        Conflicts.Add(item);
        Failures.Add(item);
        if (!_localTypes.TryGetValue(item.RemoteType, out var locals))
            _localTypes[item.RemoteType] = locals = new HashSet<string>(StringComparer.Ordinal);
        locals.Add(item.Id.Type);
        _byEntry.Add(item.Id, item.Number);
        foreach (var ancestor in ForeignKeys.AncestorsOf(item.RemoteId))
            _byAncestor.Add(ancestor, item.Number);
    }

    /// <summary>Takes an event out.</summary>
    public void Remove(long number)
    {
        if (!_items.Remove(number, out var item))
            return;
        Version++;
        Removals++;
        _order.Remove();
        Conflicts.Remove(item);
        Failures.Remove(item);
        _byEntry.Remove(item.Id, number);
        foreach (var ancestor in ForeignKeys.AncestorsOf(item.RemoteId))
            _byAncestor.Remove(ancestor, number);
    }
}

/// <summary>The numbers of the error queue in their order. Those that have left are skipped, and cut out when they are half of all.</summary>
/// <param name="isThere">Whether an event has a number.</param>
internal sealed class QueueOrder(Func<long, bool> isThere)
{
    private readonly List<long> _numbers = [];
    private int _gone;

    public void Add(long number)
    {
        if (_numbers is [] || number > _numbers[^1])
            _numbers.Add(number);
        else if (_numbers.BinarySearch(number) is var place and < 0)
            _numbers.Insert(~place, number);
        else
            _gone--;
    }

    /// <summary>A number has left.</summary>
    public void Remove()
    {
        if (++_gone * 2 <= _numbers.Count)
            return;
        _numbers.RemoveAll(number => !isThere(number));
        _gone = 0;
    }

    /// <summary>All numbers as they are now.</summary>
    public long[] ToArray() => [.. _numbers.Where(isThere)];

    /// <summary>Some of the numbers behind another one, that has left or not.</summary>
    /// <param name="after">The number.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<long> Behind(long after, int most)
    {
        var place = CollectionsMarshal.AsSpan(_numbers).BinarySearch(after + 1);
        var found = new List<long>();
        for (var i = place < 0 ? ~place : place; i < _numbers.Count && found.Count < most; i++)
        {
            if (isThere(_numbers[i]))
                found.Add(_numbers[i]);
        }

        return found;
    }
}

/// <summary>How many events of the error queue failed of which cause.</summary>
internal sealed class FailureGroups
{
    private readonly Dictionary<long, (int Count, long Last)> _groups = [];

    /// <summary>The ids of the groups, each with how many events it has, and when one of them was tried last, in UTC ticks; the largest first.</summary>
    public IEnumerable<(long Id, int Count, long Last)> All =>
        _groups.Select(group => (group.Key, group.Value.Count, group.Value.Last)).OrderByDescending(group => group.Count).ThenBy(group => group.Key);

    public void Add(QueueItem item)
    {
        if (item.Group == 0)
            return;
        var (count, last) = _groups.GetValueOrDefault(item.Group);
        _groups[item.Group] = (count + 1, Math.Max(last, item.LastAttempt));
    }

    public void Remove(QueueItem item)
    {
        if (item.Group == 0)
            return;
        var (count, last) = _groups[item.Group];
        if (count == 1)
            _groups.Remove(item.Group);
        else
            _groups[item.Group] = (count - 1, last);
    }

    /// <summary>Counts an event as it is now in place of what it was.</summary>
    public void Replace(QueueItem before, QueueItem item)
    {
        Add(item);
        Remove(before);
    }
}

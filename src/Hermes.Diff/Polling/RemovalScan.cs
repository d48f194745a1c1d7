using Hermes.Diff.Diffing;

namespace Hermes.Diff.Polling;

/// <summary>Finds the cached entries of a type that are not in the new data, some at a time.</summary>
internal sealed class RemovalScan(TypeChanges changes, KeyTable<IndexSlot> slots)
{
    private const int AtOnce = 256;

    private readonly List<int> _found = [];
    private readonly CachedContents _cached = new(changes.Type);
    private int _next;

    /// <summary>How many were found.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there may be more.</summary>
    public bool IsOpen => _next < slots.SlotCount;

    /// <summary>Finds the next ones.</summary>
    /// <returns>The cached entries that are needed to tell their keys.</returns>
    public CachedContents Find(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _found.Clear();
        _cached.Clear();
        for (; IsOpen && _found.Count < AtOnce; _next++)
        {
            if (!slots.IsUsed(_next) || !changes.IsCached(_next) || TypeChanges.IsPresent(slots[_next].Marks))
                continue;
            _found.Add(_next);
            _cached.Need(slots[_next].Id);
        }

        Count += _found.Count;
        return _cached;
    }

    /// <summary>Those found last.</summary>
    public IReadOnlyList<RemovedEntry> Complete() =>
        [.. _found.Select(slot => new RemovedEntry(
            changes.Type, slots.KeyAt(slot), slots[slot].Id, changes.Type.KeyOf(_cached[slots[slot].Id].All)))];
}

using System.Runtime.InteropServices;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Encoding;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>What a poll finds out about the entries of one type: marks on the index, numbers and issues.</summary>
internal sealed class TypeChanges
{
    private readonly FingerprintIndex _index;
    private readonly KeyTable<IndexSlot> _slots;
    private readonly EntryHasher _hasher;
    private readonly ByteBuffer _keyBuffer = new(64);
    private readonly List<(int Slot, Hash128 Fingerprint)> _changed = [];
    private readonly List<ulong> _changedSecrets = [];
    private readonly int _secretCount;

    public TypeChanges(DataType type, IKnownEntries known)
    {
        Type = type;
        _hasher = known.Hasher;
        _index = known.IndexOf(type);
        _index.BeginPoll();
        _slots = _index.Slots;
        _secretCount = type.Layout.Secret.Length;
        Cached = _index.Count;
        Comparison = new EntryComparison(this, _index, known.Hasher);
        Removals = new RemovalScan(this, _slots);
    }

    public DataType Type { get; }

    /// <summary>Compares the entries that the poll found with the cached ones.</summary>
    public EntryComparison Comparison { get; }

    /// <summary>Finds the cached entries that the poll did not find.</summary>
    public RemovalScan Removals { get; }

    /// <summary>How many entries were cached before the poll.</summary>
    public int Cached { get; }

    public long Rows { get; set; }

    /// <summary>How many entries are present.</summary>
    public int Present { get; set; }

    public IssueCollector BadRows { get; } = new();

    public IssueCollector Inconsistencies { get; } = new();

    public IssueCollector Conflicts { get; } = new();

    public IssueCollector MergeFiltered { get; } = new();

    public IssueCollector IntegrityFiltered { get; } = new();

    /// <summary>Whether an entry with these marks belongs to the new data.</summary>
    public static bool IsPresent(SlotMarks marks) =>
        (marks & (SlotMarks.Seen | SlotMarks.Dropped)) == SlotMarks.Seen && (marks & (SlotMarks.Kept | SlotMarks.Cached)) != SlotMarks.Kept;

    public Hash128 HashKey(ReadOnlySpan<Value> values)
    {
        _keyBuffer.Clear();
        foreach (var index in Type.KeyIndexes)
            ValueCodec.Write(_keyBuffer, values[index]);
        return _hasher.HashKey(_keyBuffer.Written);
    }

    /// <summary>The slot of a key, made if need be.</summary>
    public int Locate(Hash128 key)
    {
        var slot = _slots.Find(key);
        return slot >= 0 ? slot : _slots.Add(key);
    }

    /// <summary>The slot of a key, or -1.</summary>
    public int Find(Hash128 key) => _slots.Find(key);

    public Hash128 KeyAt(int slot) => _slots.KeyAt(slot);

    public ref SlotMarks Marks(int slot) => ref _slots[slot].Marks;

    public bool IsCached(int slot) => slot >= 0 && (_slots[slot].Marks & SlotMarks.Cached) != 0;

    public long IdOf(int slot) => _slots[slot].Id;

    /// <summary>The cached entry as mappings see it; empty if there is none.</summary>
    public Value ShowCached(Hash128 key, CachedContents cached)
    {
        var slot = Find(key);
        return Value.From(new EntryObject($"the cached entry of {Type.Name}", IsCached(slot) ? cached[IdOf(slot)].All : Entry.Empty));
    }

    /// <summary>Notes what is to be known of an entry when the poll is committed.</summary>
    public void Remember(int slot, Hash128 fingerprint, ReadOnlySpan<ulong> secrets)
    {
        _changed.Add((slot, fingerprint));
        _changedSecrets.AddRange(secrets);
    }

    /// <summary>Keeps a cached entry known that was found to be gone: its removal is neither stored nor sent.</summary>
    public void Keep(RemovedEntry removed)
    {
        ref var marks = ref Marks(Find(removed.KeyHash));
        marks = (marks | SlotMarks.Seen | SlotMarks.Kept) & ~SlotMarks.Dropped;
    }

    /// <summary>Makes what the poll found the known state.</summary>
    public void Commit()
    {
        for (var i = 0; i < _changed.Count; i++)
        {
            var (slot, fingerprint) = _changed[i];
            if ((_slots[slot].Marks & SlotMarks.Reported) == 0)
                continue;
            _index.Commit(slot, fingerprint);
            if (_secretCount > 0)
                _index.SetSecrets(slot, CollectionsMarshal.AsSpan(_changedSecrets).Slice(i * _secretCount, _secretCount));
        }

        for (var slot = 0; slot < _slots.SlotCount; slot++)
        {
            if (!_slots.IsUsed(slot))
                continue;
            var marks = _slots[slot].Marks;
            if ((marks & SlotMarks.Cached) != 0)
            {
                if (!IsPresent(marks))
                    _index.Remove(slot);
            }
            else if ((marks & SlotMarks.Reported) != 0)
            {
                _index.Commit(slot, _slots[slot].Fingerprint);
            }
            else
            {
                _index.Remove(slot);
            }
        }
    }

    public TypeReport ToReport() => new(
        Type, Cached, Rows, Present, Comparison.Added, Comparison.Modified, Comparison.Refreshed, Removals.Count,
        BadRows.ToList(), Inconsistencies.ToList(), Conflicts.ToList(), MergeFiltered.ToList(), IntegrityFiltered.ToList());
}

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

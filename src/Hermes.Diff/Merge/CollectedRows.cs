using System.Runtime.InteropServices;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Encoding;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Merge;

/// <summary>The entries of one source, or of all sources merged, held for the time of a poll.</summary>
internal sealed class CollectedRows(TypeChanges changes, RowArena arena, CachedContents cached) : IKeySet
{
    private readonly KeyTable<CollectedRow> _table = new();
    private readonly Value[] _scratch = new Value[changes.Type.Attributes.Length];
    private int _dropped;

    private DataType Type => changes.Type;

    /// <summary>How many entries were not dropped.</summary>
    public int Count => _table.Count - _dropped;

    /// <summary>One more than the number of the last slot.</summary>
    public int SlotCount => _table.SlotCount;

    public IEnumerable<EntryKey> Keys => Slots().Where(IsPresent).Select(slot =>
    {
        Read(slot, _scratch, Type.Layout.KeyAttributes);
        return Type.KeyOf(_scratch);
    });

    /// <summary>The entries that were not dropped, all attributes of them.</summary>
    public IEnumerable<Entry> Entries => Slots().Where(IsPresent).Select(slot =>
    {
        if (IsKept(slot))
            return CachedOf(slot);
        Read(slot, _scratch, []);
        return Type.Layout.SelectAll(_scratch);
    });

    public bool Contains(Hash128 key) => _table.Find(key) is >= 0 and var slot && IsPresent(slot);

    /// <summary>The slot of a key that was not dropped, or -1.</summary>
    public int Find(Hash128 key) => _table.Find(key) is >= 0 and var slot && !IsDropped(slot) ? slot : -1;

    public Hash128 KeyAt(int slot) => _table.KeyAt(slot);

    public bool IsDropped(int slot) => (_table[slot].Marks & RowMarks.Dropped) != 0;

    /// <summary>Whether the cached entry stands in for this one, if there is a cached entry.</summary>
    public bool IsKept(int slot) => (_table[slot].Marks & RowMarks.Kept) != 0;

    /// <summary>Whether there is an entry: the one of the sources or the cached one in its place.</summary>
    public bool IsPresent(int slot) => !IsDropped(slot) && (!IsKept(slot) || IsCached(slot));

    public bool IsCached(int slot) => changes.IsCached(changes.Find(KeyAt(slot)));

    public Entry CachedOf(int slot) => cached[changes.IdOf(changes.Find(KeyAt(slot)))].All;

    /// <summary>Reads the attributes of an entry.</summary>
    public void Read(int slot, Span<Value> values, ReadOnlySpan<bool> wanted) => arena.Read(_table[slot].Address, values, wanted);

    /// <summary>Takes a row.</summary>
    /// <returns>False if the key stands here already: from now on the cached entry is kept in its place.</returns>
    public bool TryAdd(Hash128 key, ReadOnlySpan<Value> values, out bool isNews)
    {
        var slot = _table.Find(key);
        isNews = slot >= 0 && !IsKept(slot);
        if (slot >= 0)
        {
            Keep(slot);
            return false;
        }

        _table[_table.Add(key)].Address = arena.Append(values);
        return true;
    }

    /// <summary>Takes over an entry of another source whose key is not here, or was dropped here.</summary>
    public void Take(CollectedRows source, int slot)
    {
        var mine = _table.Find(source.KeyAt(slot));
        if (mine >= 0)
            _dropped--;
        else
            mine = _table.Add(source.KeyAt(slot));
        _table[mine] = source._table[slot];
    }

    /// <summary>Joins an entry of another source to the one of the same key here, whose values count more.</summary>
    /// <param name="slot">The entry here.</param>
    /// <param name="source">The other source.</param>
    /// <param name="theirs">The entry there.</param>
    /// <param name="conflicts">Receives the attributes that both set to different values.</param>
    public void Join(int slot, CollectedRows source, int theirs, List<int> conflicts)
    {
        ref var address = ref _table[slot].Address;
        address = arena.Join(address, source._table[theirs].Address, conflicts);
    }

    /// <summary>Lets the cached entry stand in for this one, and asks for its content.</summary>
    public void Keep(int slot)
    {
        ref var marks = ref _table[slot].Marks;
        if ((marks & RowMarks.Kept) != 0)
            return;
        marks |= RowMarks.Kept;
        if (changes.Find(KeyAt(slot)) is var known && changes.IsCached(known))
            cached.Need(changes.IdOf(known));
    }

    public void Drop(int slot)
    {
        _table[slot].Marks |= RowMarks.Dropped;
        _dropped++;
    }

    private IEnumerable<int> Slots() => Enumerable.Range(0, _table.SlotCount);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct CollectedRow
    {
        public long Address;
        public RowMarks Marks;
    }

    [Flags]
    private enum RowMarks
    {
        None = 0,
        Kept = 1,
        Dropped = 2,
    }
}

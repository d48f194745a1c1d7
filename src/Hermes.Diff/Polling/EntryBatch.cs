using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>
/// Entries on their way through the steps of a poll: of each its values, the hash of its key and its slot in the index. One object is filled
/// again and again, so what it holds is valid until the next batch is asked for.
/// </summary>
internal sealed class EntryBatch(DataType type)
{
    /// <summary>How many entries a batch has at most.</summary>
    public const int Most = 256;

    /// <summary>The slot of an entry that is out of the poll, or not to be compared.</summary>
    public const int LeftOut = -1;

    // Of types with very many attributes, a batch has fewer entries.
    private const int MostValues = 16 * 1024;

    private readonly Hash128[] _keys = new Hash128[Most];
    private readonly int[] _slots = new int[Most];
    private readonly bool[] _isBad = new bool[Most];
    private Value[] _values = [];

    public DataType Type { get; } = type;

    /// <summary>The source that the entries come from; null when those of all sources are merged.</summary>
    public TypeSource? Source { get; init; }

    /// <summary>How many entries fit in.</summary>
    public int Capacity { get; } = Math.Clamp(MostValues / type.Attributes.Length, 1, Most);

    public int Count { get; private set; }

    /// <summary>Whether the source has no more of them.</summary>
    public bool IsLast { get; set; }

    public Span<Hash128> Keys => _keys.AsSpan(0, Count);

    public Span<int> Slots => _slots.AsSpan(0, Count);

    /// <summary>Whether all that is known of an entry is its key: its row could not be mapped, and the cached entry is to stay.</summary>
    public Span<bool> IsBad => _isBad.AsSpan(0, Count);

    /// <summary>The slots of entries that came in an earlier batch and are not to be counted any more: their keys stand twice.</summary>
    public List<int> Withdrawn { get; } = [];

    /// <summary>The values of an entry, one per attribute of the type.</summary>
    public Span<Value> this[int entry] => _values.AsSpan(entry * Type.Attributes.Length, Type.Attributes.Length);

    /// <summary>Empties it, for a number of other entries.</summary>
    public void Clear(int count)
    {
        Withdrawn.Clear();
        IsBad.Clear();
        _values.AsSpan(0, Math.Min(_values.Length, Count * Type.Attributes.Length)).Clear();
        if (_values.Length < count * Type.Attributes.Length)
            _values = new Value[count * Type.Attributes.Length];
        Count = count;
    }
}

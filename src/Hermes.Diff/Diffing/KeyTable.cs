using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hermes.Diff.Diffing;

/// <summary>
/// A hash table from key hashes to small values. The values lie in chunks, so that growing copies only the buckets of four bytes and the
/// memory per entry is the size of its slot plus four to eight bytes. A slot keeps its number until it is removed.
/// </summary>
/// <typeparam name="T">The values.</typeparam>
internal sealed class KeyTable<T>
    where T : struct
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;
    private const int EndOfChain = -1;

    /// <summary>Slots that are free have links below this, so that a walk over all slots can tell them.</summary>
    private const int FirstFreeLink = -2;

    private readonly List<Slot[]> _chunks = [];

    // Slot number + 1; 0 is an empty bucket.
    private int[] _buckets;
    private int _used;
    private int _free = EndOfChain;

    public KeyTable(int capacity = 0) => _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 16))];

    /// <summary>How many values there are.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the highest slot number ever used.</summary>
    public int SlotCount => _used;

    public ref T this[int slot] => ref At(slot).Value;

    public Hash128 KeyAt(int slot) => At(slot).Key;

    /// <summary>Whether the slot holds a value.</summary>
    public bool IsUsed(int slot) => At(slot).Next >= EndOfChain;

    /// <summary>The slot of a key, or -1.</summary>
    public int Find(Hash128 key)
    {
        for (var slot = _buckets[Bucket(key)] - 1; slot >= 0;)
        {
            ref var candidate = ref At(slot);
            if (candidate.Key == key)
                return slot;
            slot = candidate.Next;
        }

        return -1;
    }

    /// <summary>Adds a key that is not there.</summary>
    /// <returns>Its slot, whose value is the default.</returns>
    public int Add(Hash128 key)
    {
        if (Count == _buckets.Length)
            Rehash(2 * _buckets.Length);

        var slot = TakeSlot();
        ref var bucket = ref _buckets[Bucket(key)];
        At(slot) = new Slot { Key = key, Next = bucket - 1 };
        bucket = slot + 1;
        Count++;
        return slot;
    }

    /// <summary>Removes the key of a slot.</summary>
    public void Remove(int slot)
    {
        ref var link = ref _buckets[Bucket(At(slot).Key)];
        if (link - 1 == slot)
        {
            link = At(slot).Next + 1;
        }
        else
        {
            var before = link - 1;
            while (At(before).Next != slot)
                before = At(before).Next;
            At(before).Next = At(slot).Next;
        }

        At(slot) = new Slot { Next = FirstFreeLink - (_free + 1) };
        _free = slot;
        Count--;
    }

    private int TakeSlot()
    {
        if (_free >= 0)
        {
            var slot = _free;
            _free = FirstFreeLink - At(slot).Next - 1;
            return slot;
        }

        if (_used == _chunks.Count << ChunkBits)
            _chunks.Add(new Slot[ChunkSize]);
        return _used++;
    }

    private void Rehash(int size)
    {
        _buckets = new int[size];
        for (var slot = 0; slot < _used; slot++)
        {
            ref var moved = ref At(slot);
            if (moved.Next < EndOfChain)
                continue;
            ref var bucket = ref _buckets[Bucket(moved.Key)];
            moved.Next = bucket - 1;
            bucket = slot + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Slot At(int slot) => ref CollectionsMarshal.AsSpan(_chunks)[slot >> ChunkBits][slot & (ChunkSize - 1)];

    private int Bucket(Hash128 key) => (int)(key.First & (ulong)(_buckets.Length - 1));

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Slot
    {
        public Hash128 Key;
        public T Value;
        public int Next;
    }
}

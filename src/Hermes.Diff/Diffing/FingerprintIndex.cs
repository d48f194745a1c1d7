using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Hermes.Abstractions.Data;
using Hermes.Diff.Encoding;
using Hermes.Diff.Model;

namespace Hermes.Diff.Diffing;

/// <summary>
/// What a server keeps in memory of the cached entries of one type: per entry the hash of its key, its fingerprint and its id in the store,
/// some 55 bytes. A <see cref="Polling.Poll"/> changes what is known only when it is committed. Not for several threads at once.
/// </summary>
internal sealed class FingerprintIndex
{
    private readonly KeyTable<IndexSlot> _table;
    private readonly int _secretCount;
    private readonly SipHash _secretHash;
    private ulong[] _secrets = [];
    private long _lastId;

    /// <summary>Makes an empty index.</summary>
    /// <param name="type">The type.</param>
    /// <param name="capacity">How many entries to make room for at once.</param>
    public FingerprintIndex(DataType type, int capacity = 0)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
        _table = new KeyTable<IndexSlot>(capacity);
        _secretCount = type.Layout.Secret.Length;
        _secretHash = new SipHash(RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>The type.</summary>
    public DataType Type { get; }

    /// <summary>How many cached entries are known.</summary>
    public int Count { get; private set; }

    internal KeyTable<IndexSlot> Slots => _table;

    /// <summary>Tells the index of a cached entry, when a server starts.</summary>
    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Load(Hash128 key, Hash128 fingerprint, long id)
    {
        if (_table.Find(key) >= 0)
            throw new ArgumentException("The store holds the same key twice.", nameof(key));
        _table[_table.Add(key)] = new IndexSlot { Fingerprint = fingerprint, Id = id, Marks = SlotMarks.Cached };
        _lastId = Math.Max(_lastId, id);
        Count++;
    }

    /// <summary>Looks up a cached entry.</summary>
    public bool TryGet(Hash128 key, out Hash128 fingerprint, out long id)
    {
        var slot = _table.Find(key);
        var known = slot >= 0 && (_table[slot].Marks & SlotMarks.Cached) != 0;
        fingerprint = known ? _table[slot].Fingerprint : default;
        id = known ? _table[slot].Id : 0;
        return known;
    }

    /// <summary>Forgets which secrets were sent, so that the next poll sends all of them as added.</summary>
    public void ForgetSecrets() => _secrets = [];

    /// <summary>Takes off what a poll that was dropped left behind.</summary>
    internal void BeginPoll()
    {
        for (var slot = 0; slot < _table.SlotCount; slot++)
        {
            if (!_table.IsUsed(slot))
                continue;
            ref var marks = ref _table[slot].Marks;
            marks &= SlotMarks.Cached;
            if (marks == 0)
                _table.Remove(slot);
        }
    }

    /// <summary>A number for a new entry, greater than all that were given.</summary>
    internal long TakeId() => ++_lastId;

    internal void Commit(int slot, Hash128 fingerprint)
    {
        ref var entry = ref _table[slot];
        if ((entry.Marks & SlotMarks.Cached) == 0)
            Count++;
        entry.Marks |= SlotMarks.Cached;
        entry.Fingerprint = fingerprint;
    }

    internal void Remove(int slot)
    {
        if ((_table[slot].Marks & SlotMarks.Cached) != 0)
            Count--;
        if (SecretsOf(slot) is { IsEmpty: false } secrets)
            secrets.Clear();
        _table.Remove(slot);
    }

    /// <summary>
    /// Keyed hashes of the secrets last sent, with a key that only this process has; 0 for one that is not known to have been sent.
    /// </summary>
    internal Span<ulong> SecretsOf(int slot) =>
        (slot + 1) * _secretCount <= _secrets.Length ? _secrets.AsSpan(slot * _secretCount, _secretCount) : [];

    internal void SetSecrets(int slot, ReadOnlySpan<ulong> hashes)
    {
        if (_secrets.Length < (slot + 1) * _secretCount)
            Array.Resize(ref _secrets, Math.Max(_table.SlotCount * _secretCount, _secrets.Length * 5 / 4));
        hashes.CopyTo(_secrets.AsSpan(slot * _secretCount));
    }

    /// <summary>The hash of a secret; 0 if it is not set.</summary>
    internal ulong HashSecret(ByteBuffer buffer, Value secret)
    {
        if (!secret.IsSet)
            return 0;
        buffer.Clear();
        ValueCodec.Write(buffer, secret);
        return Math.Max(1, _secretHash.Hash(buffer.Written).First);
    }
}

/// <summary>What the index holds per entry.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct IndexSlot
{
    public Hash128 Fingerprint;
    public long Id;
    public SlotMarks Marks;
}

/// <summary>What is known of an entry, and what the poll that runs found about it.</summary>
[Flags]
internal enum SlotMarks
{
    None = 0,

    /// <summary>The entry is in the store.</summary>
    Cached = 1,

    /// <summary>The poll found the entry in its source.</summary>
    Seen = 2,

    /// <summary>The cached entry, if there is one, stays in its place, whatever the sources say.</summary>
    Kept = 4,

    /// <summary>The poll dropped the entry.</summary>
    Dropped = 8,

    /// <summary>The poll told a change of the entry.</summary>
    Reported = 16,

    /// <summary>What was told concerns the cache only.</summary>
    Refreshed = 32,

    /// <summary>The constraints of a streamed type have judged the entry.</summary>
    Judged = 64,
}

using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Encoding;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>An attribute that entries of a type would lose.</summary>
/// <param name="Type">The type.</param>
/// <param name="Attribute">The index of the attribute.</param>
/// <param name="Keys">The hashes of the entries' keys.</param>
/// <param name="Before">How many of the entries that the poll found had it.</param>
internal sealed record LostAttribute(DataType Type, int Attribute, IReadOnlyList<Hash128> Keys, int Before)
{
    public string Name => Type.Attributes[Attribute].Name;
}

/// <summary>The values of an entry that waits until it is known how many others lose the same attribute.</summary>
/// <param name="Slot">The slot of the entry.</param>
/// <param name="Values">Its values, encoded; never a secret one.</param>
internal readonly record struct SetAsideEntry(int Slot, byte[] Values);

/// <summary>
/// Finds the entries of a type that would lose an attribute: one that they have as they are cached, and that the poll found no value of. Such an entry is set aside until it is
/// known how many lose the same, and taken up again then. In memory are the slots, and the secrets that are new; the values are the caller's to keep.
/// </summary>
/// <param name="changes">The poll of the type.</param>
/// <param name="watched">The indexes of the attributes that are looked at.</param>
internal sealed class LostAttributes(TypeChanges changes, IReadOnlyCollection<int> watched)
{
    private const byte NotSet = 0;
    private const byte Set = 1;
    private const byte Lost = 2;
    private const byte SameSecret = 3;
    private const byte NewSecret = 4;

    private readonly int[] _watched = [.. watched];
    private readonly bool[] _isWatched = [.. Enumerable.Range(0, changes.Type.Attributes.Length).Select(watched.Contains)];
    private readonly int[] _having = new int[changes.Type.Attributes.Length];
    private readonly List<int>?[] _losing = new List<int>?[changes.Type.Attributes.Length];
    private readonly Dictionary<int, AttributeChanges> _secrets = [];
    private readonly ByteBuffer _buffer = new();

    /// <summary>The type.</summary>
    public DataType Type { get; } = changes.Type;

    /// <summary>What was lost so far.</summary>
    public IEnumerable<LostAttribute> Found =>
        from attribute in _watched
        let keys = _losing[attribute]?.Where(IsOpen).Select(changes.KeyAt).ToList()
        where keys is { Count: > 0 }
        select new LostAttribute(Type, attribute, keys, _having[attribute] + keys.Count);

    /// <summary>Counts what an entry that is cached has now.</summary>
    public void Count(ReadOnlySpan<Value> values)
    {
        foreach (var attribute in _watched)
        {
            if (values[attribute].IsSet)
                _having[attribute]++;
        }
    }

    /// <summary>Sets an entry aside if it would lose an attribute.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="values">What the poll found of it; it was counted before.</param>
    /// <param name="cached">The entry as it is cached.</param>
    /// <param name="secrets">How its secrets differ from those last sent.</param>
    public SetAsideEntry? SetAside(int slot, ReadOnlySpan<Value> values, CachedEntry cached, AttributeChanges secrets)
    {
        var isLosing = false;
        foreach (var attribute in _watched)
        {
            var (isSet, wasSet) = (values[attribute].IsSet, Had(cached, attribute));
            if (isSet && !wasSet)
                _having[attribute]--;
            else if (wasSet && !isSet)
                (_losing[attribute] ??= []).Add(slot);
            isLosing |= wasSet && !isSet;
        }

        if (!isLosing)
            return null;
        if (secrets.Added.Count + secrets.Modified.Count > 0)
            _secrets[slot] = secrets;
        return new SetAsideEntry(slot, Encode(values, cached, secrets));
    }

    /// <summary>Takes up the entries that were set aside, to be compared again. Each batch is valid until the next.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="stays">Whether what is cached of an attribute, by its index, stands in for what an entry lost.</param>
    public IEnumerable<EntryBatch> TakeUp(IEnumerable<SetAsideEntry> entries, Func<int, Hash128, bool> stays)
    {
        var batch = new EntryBatch(Type);
        foreach (var some in entries.Where(entry => IsOpen(entry.Slot)).Chunk(batch.Capacity))
        {
            batch.Clear(some.Length);
            for (var i = 0; i < some.Length; i++)
            {
                batch.Slots[i] = some[i].Slot;
                batch.Keys[i] = changes.KeyAt(some[i].Slot);
                Decode(some[i], batch, i, stays);
            }

            yield return batch;
        }
    }

    // A key that stood twice after all leaves its entry to the cached one.
    private bool IsOpen(int slot) => (changes.Marks(slot) & SlotMarks.Kept) == 0;

    private bool IsSecret(int attribute) => Type.Attributes[attribute].Role == AttributeRole.Secret;

    private bool Had(CachedEntry cached, int attribute) =>
        IsSecret(attribute) ? cached.SetSecrets.Contains(Type.Attributes[attribute].Name) : cached.Sent.ContainsKey(Type.Attributes[attribute].Name);

    private byte[] Encode(ReadOnlySpan<Value> values, CachedEntry cached, AttributeChanges secrets)
    {
        _buffer.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            var name = Type.Attributes[i].Name;
            if (_isWatched[i] && !values[i].IsSet && Had(cached, i))
                Write(Lost, IsSecret(i) ? Value.Null : cached.Sent.Get(name));
            else if (!values[i].IsSet)
                _buffer.Write(NotSet);
            else if (IsSecret(i))
                _buffer.Write(secrets.Added.ContainsKey(name) || secrets.Modified.ContainsKey(name) ? NewSecret : SameSecret);
            else if (Type.Attributes[i].IsSensitive)
                _buffer.Write(NotSet);
            else
                Write(Set, values[i]);
        }

        return _buffer.Written.ToArray();
    }

    private void Write(byte what, Value value)
    {
        _buffer.Write(what);
        ValueCodec.Write(_buffer, value);
    }

    private void Decode(SetAsideEntry entry, EntryBatch batch, int place, Func<int, Hash128, bool> stays)
    {
        var reader = new ByteReader(entry.Values);
        var values = batch[place];
        for (var i = 0; i < values.Length; i++)
        {
            switch (reader.Byte())
            {
                case Set:
                    values[i] = ValueCodec.Read(ref reader);
                    break;
                case Lost:
                    var cached = ValueCodec.Read(ref reader);
                    if (stays(i, batch.Keys[place]))
                        values[i] = IsSecret(i) ? SecretDiff.AsItWas : cached;
                    break;
                case SameSecret:
                    values[i] = SecretDiff.AsItWas;
                    break;
                case NewSecret:
                    var (name, secrets) = (Type.Attributes[i].Name, _secrets[entry.Slot]);
                    values[i] = secrets.Added.TryGetValue(name, out var added) ? added : secrets.Modified.Get(name);
                    break;
            }
        }
    }
}

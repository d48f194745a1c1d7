using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Diffing;
using Hermes.Diff.Encoding;

namespace Hermes.Diff.Templates;

/// <summary>
/// The keys of a type or source as templates see them. Asking whether a key is among them costs one look into a hash table.
/// </summary>
internal sealed class KeysObject(string description, EntryHasher hasher, IKeySet keys) : TemplateObject
{
    private readonly ByteBuffer _buffer = new(64);

    public override string Description { get; } = description;

    public override int? Count => keys.Count;

    public override IEnumerable<Value>? Items => keys.Keys?.Select(key => key.ToValue());

    public override bool? Contains(Value item) => EntryKey.TryCreate(item, out var key) && keys.Contains(hasher.HashKey(key, _buffer));
}

/// <summary>A set of keys.</summary>
internal interface IKeySet
{
    /// <summary>How many keys there are.</summary>
    int Count { get; }

    /// <summary>The keys, or null if only their hashes are kept.</summary>
    IEnumerable<EntryKey>? Keys { get; }

    /// <summary>Whether the key with this hash is among them.</summary>
    bool Contains(Hash128 key);
}

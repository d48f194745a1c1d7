using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Events.Schema;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Schema;

/// <summary>What the cached entries of a type become under a new schema: without what is secret now, and under the new key.</summary>
internal sealed class TypeRewrite
{
    private readonly HashSet<string> _secret;
    private readonly EntryHasher _hasher;
    private readonly bool _isRekey;
    private readonly HashSet<Hash128> _keys = [];

    public TypeRewrite(TypeSchema old, DataType type, EntryHasher hasher)
    {
        Old = old;
        Type = type;
        _hasher = hasher;
        _secret = type.Attributes.Where(attribute => attribute.IsSensitive).Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
        _isRekey = !old.Key.SequenceEqual(type.Key, StringComparer.Ordinal);
        IsPurge = _secret.Any(attribute => !old.SecretAttributes.Contains(attribute));
    }

    public TypeSchema Old { get; }

    public DataType Type { get; }

    /// <summary>Whether values may be cached that are secret now.</summary>
    public bool IsPurge { get; }

    /// <summary>Whether any entry changes.</summary>
    public bool IsNeeded => IsPurge || _isRekey;

    /// <summary>
    /// Carries an entry over. One that does not have the new key yet, or shares it with one before, cannot be: it leaves, and the next poll
    /// adds it anew.
    /// </summary>
    public bool TryCarryOver(StoredRow entry, CachedEntry cached, out StoredRow carried)
    {
        var kept = cached.WithSecret(_secret);
        carried = default;
        if ((_isRekey ? KeyOf(kept) : entry.KeyHash) is not { } key || !_keys.Add(key))
            return false;
        var content = kept.Encode();
        carried = new StoredRow(entry.Id, key, _hasher.HashContent(content), content);
        return true;
    }

    private Hash128? KeyOf(CachedEntry entry) => SchemaKey.TryGet(Type.Key, entry.All, out var key) ? _hasher.HashKey(key) : null;
}

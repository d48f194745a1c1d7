using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>An entry that is not cached yet.</summary>
public readonly ref struct AddedEntry
{
    internal AddedEntry(DataType type, KeyHash keyHash, Fingerprint fingerprint, ReadOnlySpan<byte> content, ReadOnlySpan<Value> values)
    {
        Type = type;
        KeyHash = keyHash;
        Fingerprint = fingerprint;
        Content = content;
        Values = values;
    }

    /// <summary>The type.</summary>
    public DataType Type { get; }

    /// <summary>The hash of the key.</summary>
    public KeyHash KeyHash { get; }

    /// <summary>The fingerprint of the content.</summary>
    public Fingerprint Fingerprint { get; }

    /// <summary>What to cache; see <see cref="CachedEntry.Decode"/>.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>The key. Made when asked for.</summary>
    public EntryKey Key => Type.KeyOf(Values);

    /// <summary>The attributes to send, without secret ones. Made when asked for.</summary>
    public Entry Attributes => Type.Layout.Select(Type.Layout.Sent, Values);

    /// <summary>The secret attributes to send. Made when asked for.</summary>
    public Entry Secrets => Type.Layout.Select(Type.Layout.Secret, Values);

    /// <summary>
    /// Everything that was fetched, secret and local attributes included: for commit templates only. Made when asked for.
    /// </summary>
    public Entry Fetched => Type.Layout.SelectAll(Values);

    private ReadOnlySpan<Value> Values { get; }
}

/// <summary>A cached entry that differs in what is sent.</summary>
public readonly ref struct ModifiedEntry
{
    internal ModifiedEntry(
        DataType type, KeyHash keyHash, long id, Fingerprint fingerprint, ReadOnlySpan<byte> content, ReadOnlySpan<Value> values)
    {
        Type = type;
        KeyHash = keyHash;
        Id = id;
        Fingerprint = fingerprint;
        Content = content;
        Values = values;
    }

    /// <summary>The type.</summary>
    public DataType Type { get; }

    /// <summary>The hash of the key.</summary>
    public KeyHash KeyHash { get; }

    /// <summary>The id in the store.</summary>
    public long Id { get; }

    /// <summary>The fingerprint of the new content; the old one if only secrets changed.</summary>
    public Fingerprint Fingerprint { get; }

    /// <summary>What to cache from now on.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>What changed in the attributes that are not secret.</summary>
    public required AttributeChanges Changes { get; init; }

    /// <summary>What changed in the secret attributes.</summary>
    public required AttributeChanges SecretChanges { get; init; }

    /// <summary>The cached entry, or null if only secrets changed and it was not read.</summary>
    public required CachedEntry? Old { get; init; }

    /// <summary>The key. Made when asked for.</summary>
    public EntryKey Key => Type.KeyOf(Values);

    /// <summary>
    /// Everything that was fetched, secret and local attributes included: for commit templates only. Made when asked for.
    /// </summary>
    public Entry Fetched => Type.Layout.SelectAll(Values);

    private ReadOnlySpan<Value> Values { get; }
}

/// <summary>A cached entry that differs only in what is cached.</summary>
/// <param name="type">The type.</param>
/// <param name="keyHash">The hash of the key.</param>
/// <param name="id">The id in the store.</param>
/// <param name="fingerprint">The fingerprint of the new content.</param>
/// <param name="content">What to cache from now on.</param>
public readonly ref struct RefreshedEntry(DataType type, KeyHash keyHash, long id, Fingerprint fingerprint, ReadOnlySpan<byte> content)
{
    /// <summary>The type.</summary>
    public DataType Type { get; } = type;

    /// <summary>The hash of the key.</summary>
    public KeyHash KeyHash { get; } = keyHash;

    /// <summary>The id in the store.</summary>
    public long Id { get; } = id;

    /// <summary>The fingerprint of the new content.</summary>
    public Fingerprint Fingerprint { get; } = fingerprint;

    /// <summary>What to cache from now on.</summary>
    public ReadOnlySpan<byte> Content { get; } = content;
}

/// <summary>A cached entry that is no longer there.</summary>
/// <param name="type">The type.</param>
/// <param name="key">The key.</param>
/// <param name="keyHash">The hash of the key.</param>
/// <param name="id">The id in the store.</param>
/// <param name="old">The cached entry.</param>
public readonly ref struct RemovedEntry(DataType type, EntryKey key, KeyHash keyHash, long id, CachedEntry old)
{
    /// <summary>The type.</summary>
    public DataType Type { get; } = type;

    /// <summary>The key.</summary>
    public EntryKey Key { get; } = key;

    /// <summary>The hash of the key.</summary>
    public KeyHash KeyHash { get; } = keyHash;

    /// <summary>The id in the store.</summary>
    public long Id { get; } = id;

    /// <summary>The cached entry.</summary>
    public CachedEntry Old { get; } = old;
}

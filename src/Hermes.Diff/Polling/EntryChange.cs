using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>
/// A difference between what was cached and what a poll found. What is made of an entry's values when asked for (its key, its attributes)
/// can be asked for until the next batch of changes.
/// </summary>
/// <param name="Type">The type.</param>
/// <param name="KeyHash">The hash of the key.</param>
/// <param name="Id">The number in the store: that of a new entry is given to it here.</param>
internal abstract record EntryChange(DataType Type, Hash128 KeyHash, long Id);

/// <summary>A change after which the cache holds a new content, encoded as <see cref="CachedEntry"/> does.</summary>
internal abstract record ContentChange(DataType Type, Hash128 KeyHash, long Id, Hash128 Fingerprint, byte[] Content) : EntryChange(Type, KeyHash, Id);

/// <summary>An entry that is not cached yet.</summary>
internal sealed record AddedEntry(DataType Type, Hash128 KeyHash, long Id, Hash128 Fingerprint, byte[] Content, BatchedValues Values)
    : ContentChange(Type, KeyHash, Id, Fingerprint, Content)
{
    public EntryKey Key => Values.Key;

    /// <summary>The attributes to send, without secret ones.</summary>
    public Entry Attributes => Type.Layout.Select(Type.Layout.Sent, Values.Span);

    /// <summary>The secret attributes to send.</summary>
    public Entry Secrets => Type.Layout.Select(Type.Layout.Secret, Values.Span);
}

/// <summary>
/// A cached entry that differs in what is sent, be it secret or not. The old content is null if only secrets changed and no commit template
/// asks for it.
/// </summary>
internal sealed record ModifiedEntry(
    DataType Type,
    Hash128 KeyHash,
    long Id,
    Hash128 Fingerprint,
    byte[] Content,
    BatchedValues Values,
    AttributeChanges Changes,
    AttributeChanges SecretChanges,
    CachedEntry? Old)
    : ContentChange(Type, KeyHash, Id, Fingerprint, Content)
{
    public EntryKey Key => Values.Key;
}

/// <summary>A cached entry that differs only in what is cached: nothing is sent.</summary>
internal sealed record RefreshedEntry(DataType Type, Hash128 KeyHash, long Id, Hash128 Fingerprint, byte[] Content)
    : ContentChange(Type, KeyHash, Id, Fingerprint, Content);

/// <summary>A cached entry that is no longer there. These come after all others, the types in reverse order.</summary>
internal sealed record RemovedEntry(DataType Type, Hash128 KeyHash, long Id, EntryKey Key) : EntryChange(Type, KeyHash, Id);

/// <summary>
/// Takes back what was told of an entry before in this poll: its key turned out to stand twice in the source. What was cached stays; null
/// if nothing was.
/// </summary>
internal sealed record WithdrawnEntry(DataType Type, Hash128 KeyHash, long Id, Hash128 Fingerprint, byte[]? Cached) : EntryChange(Type, KeyHash, Id);

/// <summary>The values of one entry of a batch.</summary>
internal readonly record struct BatchedValues(EntryBatch Batch, int Entry)
{
    public ReadOnlySpan<Value> Span => Batch[Entry];

    public EntryKey Key => Batch.Type.KeyOf(Span);

    /// <summary>Everything that was fetched, secret and local attributes included: for commit templates only.</summary>
    public Abstractions.Data.Entry Fetched => Batch.Type.Layout.SelectAll(Span);
}

using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>A change that a target applies: one of the nested kinds.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Key">The key of the entry.</param>
public abstract record TargetChange(string Type, EntryKey Key)
{
    /// <summary>The kind, for tables and logs; in code, switch over the types instead.</summary>
    public abstract TargetChangeKind Kind { get; }
}

/// <summary>A new entry.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Entry">The entry.</param>
public sealed record EntryAdded(string Type, EntryKey Key, Entry Entry) : TargetChange(Type, Key)
{
    /// <inheritdoc/>
    public override TargetChangeKind Kind => TargetChangeKind.Added;
}

/// <summary>An entry came back from the trashbin. What changed meanwhile follows as an <see cref="EntryModified"/>.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Entry">The entry as it was when it went to the trashbin.</param>
public sealed record EntryRecycled(string Type, EntryKey Key, Entry Entry) : TargetChange(Type, Key)
{
    private readonly Entry? _becomes;

    /// <summary>
    /// The entry as it is by now, without secrets; <see cref="Entry"/>, if nothing changed meanwhile. A target whose objects have names of which there may be only one needs it:
    /// the former name may be somebody else's. The modification follows all the same.
    /// </summary>
    public Entry Becomes
    {
        get => _becomes ?? Entry;
        init => _becomes = value.Equals(Entry) ? null : value;
    }

    /// <inheritdoc/>
    public override TargetChangeKind Kind => TargetChangeKind.Recycled;
}

/// <summary>Attributes of an entry changed.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Entry">The entry after the change.</param>
/// <param name="Previous">The entry before the change.</param>
/// <param name="Changes">What changed, attribute by attribute.</param>
public sealed record EntryModified(string Type, EntryKey Key, Entry Entry, Entry Previous, AttributeChanges Changes) : TargetChange(Type, Key)
{
    /// <inheritdoc/>
    public override TargetChangeKind Kind => TargetChangeKind.Modified;
}

/// <summary>An entry went to the trashbin.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Entry">The entry.</param>
public sealed record EntryTrashed(string Type, EntryKey Key, Entry Entry) : TargetChange(Type, Key)
{
    /// <inheritdoc/>
    public override TargetChangeKind Kind => TargetChangeKind.Trashed;
}

/// <summary>An entry is gone for good.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Previous">The entry as the target had it.</param>
public sealed record EntryRemoved(string Type, EntryKey Key, Entry Previous) : TargetChange(Type, Key)
{
    /// <inheritdoc/>
    public override TargetChangeKind Kind => TargetChangeKind.Removed;
}

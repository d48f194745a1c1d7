using Hermes.Abstractions.Data;
using Hermes.Events.Schema;

namespace Hermes.Events;

/// <summary>An event of a server: one of the records below, and no other.</summary>
public abstract record HermesEvent
{
    private protected HermesEvent()
    {
    }

    /// <summary>Why the event was sent.</summary>
    public abstract EventCategory Category { get; }
}

/// <summary>The data schema changed; the events that follow are of the new one.</summary>
/// <param name="Schema">The new schema.</param>
public sealed record DataSchemaEvent(DataSchema Schema) : HermesEvent
{
    /// <inheritdoc/>
    public override EventCategory Category => EventCategory.Base;
}

/// <summary>An initsync sequence starts.</summary>
/// <param name="Schema">The schema of the entries that follow.</param>
public sealed record InitStartEvent(DataSchema Schema) : HermesEvent
{
    /// <summary>
    /// Whether the server does not know what clients know, because its state or the bus was lost or put back: clients that are initialised take the sequence
    /// as the whole truth too, and what is not in it is gone.
    /// </summary>
    public bool IsResync { get; init; }

    /// <summary>
    /// The producer that this one follows on, whose events clients have taken until now; null if it is not known. A resync by another producer than the one that a
    /// client follows counts only if it names that one.
    /// </summary>
    public string? Predecessor { get; init; }

    /// <inheritdoc/>
    public override EventCategory Category => EventCategory.InitSync;
}

/// <summary>An initsync sequence is complete.</summary>
public sealed record InitStopEvent : HermesEvent
{
    /// <inheritdoc/>
    public override EventCategory Category => EventCategory.InitSync;
}

/// <summary>An event about one entry.</summary>
/// <param name="Type">The data type of the server.</param>
/// <param name="Key">The key of the entry.</param>
public abstract record EntryEvent(string Type, EntryKey Key) : HermesEvent;

/// <summary>A new entry; in an initsync sequence, an entry that exists.</summary>
/// <param name="Type">The data type of the server.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Attributes">All attributes that are sent.</param>
/// <param name="Category">Whether this is a change, or part of an initsync sequence.</param>
public sealed record AddedEvent(string Type, EntryKey Key, Entry Attributes, EventCategory Category) : EntryEvent(Type, Key)
{
    /// <inheritdoc/>
    public override EventCategory Category { get; } = Category;
}

/// <summary>Attributes of an entry changed.</summary>
/// <param name="Type">The data type of the server.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Changes">What changed.</param>
public sealed record ModifiedEvent(string Type, EntryKey Key, AttributeChanges Changes) : EntryEvent(Type, Key)
{
    /// <inheritdoc/>
    public override EventCategory Category => EventCategory.Base;
}

/// <summary>An entry is gone.</summary>
/// <param name="Type">The data type of the server.</param>
/// <param name="Key">The key of the entry.</param>
public sealed record RemovedEvent(string Type, EntryKey Key) : EntryEvent(Type, Key)
{
    /// <inheritdoc/>
    public override EventCategory Category => EventCategory.Base;
}

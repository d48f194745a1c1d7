namespace Hermes.ServerRuntime.State;

/// <summary>An event that is to be stored, without a sequence number yet.</summary>
/// <param name="Order">Where it goes: events of a smaller order come first. Not below 0.</param>
/// <param name="Category">The category on the bus: <c>base</c> or <c>initsync</c>.</param>
/// <param name="Kind">The kind of event on the wire, such as <c>added</c>.</param>
/// <param name="Body">The event as JSON, without its stamp and without secret values.</param>
public sealed record StagedEvent(int Order, string Category, string Kind, byte[] Body)
{
    /// <summary>What to write back to the source when the event has left the outbox, or null.</summary>
    public byte[]? WriteBack { get; init; }

    /// <summary>A number, unique in the draft, by which the commit tells the event's sequence number; 0 if nobody asks.</summary>
    public long Tag { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Category} {Kind}";
}

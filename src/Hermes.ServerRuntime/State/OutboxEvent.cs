namespace Hermes.ServerRuntime.State;

/// <summary>An event that waits in the outbox.</summary>
/// <param name="Sequence">Its number: consecutive per state, from 1.</param>
/// <param name="Category">The category on the bus.</param>
/// <param name="Kind">The kind of event on the wire.</param>
/// <param name="Time">When it was stored.</param>
/// <param name="Body">The event as JSON, without its stamp and without secret values.</param>
public sealed record OutboxEvent(long Sequence, string Category, string Kind, DateTimeOffset Time, byte[] Body)
{
    /// <inheritdoc/>
    public override string ToString() => $"#{Sequence} {Category} {Kind}";
}

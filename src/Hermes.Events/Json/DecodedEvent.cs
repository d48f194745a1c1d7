namespace Hermes.Events.Json;

/// <summary>An event read from a message.</summary>
/// <param name="Event">The event.</param>
/// <param name="Stamp">What our own servers add, or null for a message of another producer.</param>
public sealed record DecodedEvent(HermesEvent Event, EventStamp? Stamp)
{
    /// <summary>Who sent it; <see cref="EventStamp.Unstamped"/> if it does not say.</summary>
    public string Producer => Stamp?.ProducerId ?? EventStamp.Unstamped;
}

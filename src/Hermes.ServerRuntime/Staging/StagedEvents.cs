using Hermes.Events;
using Hermes.Events.Json;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Staging;

/// <summary>Encodes events for the outbox.</summary>
internal static class StagedEvents
{
    /// <exception cref="EventFormatException">A value cannot be sent; says of which entry.</exception>
    public static StagedEvent Of(HermesEvent @event, int order)
    {
        try
        {
            return new StagedEvent(order, EventJson.CategoryName(@event.Category), EventJson.TypeName(@event), EventJson.Encode(@event, null));
        }
        catch (EventFormatException exception) when (@event is EntryEvent entry)
        {
            throw new EventFormatException($"type {entry.Type}, key {entry.Key}: {exception.Message} Correct it in the source, or in the mapping.", exception);
        }
    }
}

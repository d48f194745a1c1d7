using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.ServerRuntime.Outbox;

/// <summary>Encodes events for the outbox.</summary>
internal static class EventEncoding
{
    /// <summary>The body of an event, without its stamp.</summary>
    /// <exception cref="EventFormatException">A value cannot be sent; says of which entry.</exception>
    public static byte[] BodyOf(HermesEvent @event)
    {
        try
        {
            return EventJson.Encode(@event, null);
        }
        catch (EventFormatException exception) when (@event is EntryEvent entry)
        {
            throw new EventFormatException($"type {entry.Type}, key {entry.Key}: {exception.Message} Correct it in the source, or in the mapping.", exception);
        }
    }
}

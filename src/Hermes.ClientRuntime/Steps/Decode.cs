using Hermes.Abstractions.Buses;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Reads the event out of a message. A message that is not an event passes on with the reason; it never stops the client.
/// </summary>
internal static class Decode
{
    public static Incoming Read(ReceivedMessage message)
    {
        try
        {
            return new Incoming(message, EventJson.Decode(message.Message.Body.Span), null);
        }
        catch (EventFormatException exception)
        {
            return new Incoming(message, null, exception.Message);
        }
    }
}

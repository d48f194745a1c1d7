using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Reads events out of messages; one that is no event, or is not signed as it has to be, says why. Safe to use from several threads.</summary>
/// <param name="keys">The keys with which messages may be signed; none if signatures are not looked at.</param>
internal sealed class MessageReader(ImmutableArray<byte[]> keys)
{
    public Incoming Read(ReceivedMessage message)
    {
        try
        {
            return IsTrusted(message.Message)
                ? new Incoming(message, EventJson.Decode(message.Message.Body.Span), null)
                : new Incoming(message, null, "It is not signed with a key of this client (SigningKeys): somebody else wrote it, or changed it.");
        }
        catch (EventFormatException exception)
        {
            return new Incoming(message, null, exception.Message);
        }
    }

    private bool IsTrusted(BusMessage message)
    {
        if (keys.IsEmpty)
            return true;
        var signature = message.Headers.GetValueOrDefault(EventSignature.Header);
        return keys.Any(key => EventSignature.IsValid(signature, message.Body.Span, key));
    }
}

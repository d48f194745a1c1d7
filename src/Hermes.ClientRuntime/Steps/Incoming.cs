using Hermes.Abstractions.Buses;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Steps;

/// <summary>A message read from the bus: decoded, or with the reason why it could not be.</summary>
internal readonly record struct Incoming(ReceivedMessage Message, DecodedEvent? Decoded, string? Fault)
{
    public BusOffset Offset => Message.Offset;
}

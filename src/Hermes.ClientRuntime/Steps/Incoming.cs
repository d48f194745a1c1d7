using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Steps;

/// <summary>A message read from the bus: decoded, or with the reason why it could not be.</summary>
internal readonly record struct Incoming(ReceivedMessage Message, DecodedEvent? Decoded, string? Fault)
{
    public BusOffset Offset => Message.Offset;

    /// <summary>What its event is named by: the number that its producer gave it, or else where it is on the bus.</summary>
    public EventOrigin Origin => Decoded?.Stamp is { } stamp ? new(stamp.ProducerId, stamp.Sequence) : new("", Offset.Value);
}

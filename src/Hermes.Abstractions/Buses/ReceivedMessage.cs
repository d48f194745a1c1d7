namespace Hermes.Abstractions.Buses;

/// <summary>A message read from a bus.</summary>
/// <param name="Message">The message as it was sent.</param>
/// <param name="Offset">Its place on the bus.</param>
/// <param name="Time">When the bus took it.</param>
public sealed record ReceivedMessage(BusMessage Message, BusOffset Offset, DateTimeOffset Time);

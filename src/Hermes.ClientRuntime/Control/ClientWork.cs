using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.Control;

/// <summary>What a request to a client is given to work with.</summary>
/// <param name="Loop">The loop; null while the client is not initialised, and so has neither an error queue nor a trashbin.</param>
/// <param name="Session">The open state.</param>
/// <param name="Bus">The bus.</param>
internal sealed record ClientWork(ClientLoop? Loop, ClientSession Session, IMessageBusConsumer Bus);

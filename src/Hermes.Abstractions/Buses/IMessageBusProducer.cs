namespace Hermes.Abstractions.Buses;

/// <summary>Sends messages to a bus, in order. Used by one server, one call at a time.</summary>
public interface IMessageBusProducer : IAsyncDisposable
{
    /// <summary>Sends messages and returns when the bus has durably taken all of them. Inside, they are pipelined: no round trip per message.</summary>
    /// <param name="messages">The messages, in the order in which the bus must keep them.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent by then may or may not be on the bus.</param>
    /// <exception cref="BusException">
    /// Not all were confirmed; <see cref="BusException.Confirmed"/> says how many of the first ones were. The caller sends the others
    /// again with the same ids, so a message may stand on the bus twice, but none is lost and no later one overtakes an earlier one.
    /// </exception>
    Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the connection over which was sent last is still there. False before the first send, after a failed one, and when the connection broke or the
    /// bus was seen to be another: the server then looks at what the bus has before it sends on.
    /// </summary>
    bool IsConnected { get; }

    /// <summary>Makes a reader of the same bus, with which the server finds out which bus it is and what is on it. The caller disposes it.</summary>
    IMessageBusConsumer OpenReader();
}

namespace Hermes.Abstractions.Buses;

/// <summary>Reads messages from a bus, in order, without taking them away. Used by one client.</summary>
public interface IMessageBusConsumer : IAsyncDisposable
{
    /// <summary>The offset of the last message that is on the bus now, or null if there is none.</summary>
    /// <exception cref="BusException">The bus cannot be asked.</exception>
    ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What tells this bus from one that was made anew or put in its place under the same name: a text that changes then, and never otherwise. Null if the bus
    /// cannot tell.
    /// </summary>
    /// <exception cref="BusException">The bus cannot be asked.</exception>
    ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => new((string?)null);

    /// <summary>Reads from a position on and then waits for new messages, until cancelled.</summary>
    /// <exception cref="BusException">
    /// The bus failed. If the message at the wanted offset was removed by the bus's retention, this says so
    /// (<see cref="BusMessageExpiredException"/>): a consumer never skips messages silently. If the offset lies beyond the one after the
    /// last message, so does <see cref="BusPositionBeyondEndException"/>.
    /// </exception>
    IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, CancellationToken cancellationToken);
}

using System.Runtime.CompilerServices;

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

    /// <summary>
    /// Reads, in order, the messages whose body holds some bytes, from the first that is on the bus to the one at an offset, and ends. A bus that cannot search gives all of
    /// them; one that can spares those who look for few among many.
    /// </summary>
    /// <param name="part">The bytes.</param>
    /// <param name="last">The offset of a message that is on the bus.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="BusException">The bus failed.</exception>
    async IAsyncEnumerable<ReceivedMessage> SearchAsync(ReadOnlyMemory<byte> part, BusOffset last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in ReadAsync(BusPosition.Beginning, cancellationToken))
        {
            if (message.Offset <= last)
                yield return message;
            if (message.Offset >= last)
                yield break;
        }
    }
}

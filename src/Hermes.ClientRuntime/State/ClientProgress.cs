using System.Collections.Immutable;
using System.IO.Hashing;
using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.State;

/// <summary>How far a client has come; changes with every event.</summary>
/// <param name="Next">The offset at which reading goes on; null before the first initialisation, and where it goes on at the first message that is on the bus.</param>
/// <param name="DeliveredUpTo">
/// The last offset of the events that may have been given to the target although their outcome is not stored: written before their
/// handlers are called. Events up to it are redeliveries after a restart.
/// </param>
/// <param name="NextQueueNumber">The number of the next event that goes into the error queue.</param>
/// <param name="LastSequences">The last sequence number seen of each producer.</param>
public sealed record ClientProgress(
    BusOffset? Next,
    BusOffset? DeliveredUpTo,
    long NextQueueNumber,
    ImmutableDictionary<string, long> LastSequences)
{
    /// <summary>
    /// The last offset of the events that are taken in before any is given to the target again, since what the target has of them is not known; null if there are none.
    /// </summary>
    public BusOffset? ReplayUpTo { get; init; }

    /// <summary>The last message that was done with: by it a bus is known again. Null if none was yet.</summary>
    public MessageMark? LastMessage { get; init; }

    /// <summary>Nothing was read yet.</summary>
    public static ClientProgress None { get; } = new(null, null, 1, ImmutableDictionary<string, long>.Empty.WithComparers(StringComparer.Ordinal));
}

/// <summary>A message on the bus, with what tells it from another one that might be in its place.</summary>
/// <param name="Offset">Where it is.</param>
/// <param name="Digest">A number that follows from its body.</param>
public readonly record struct MessageMark(BusOffset Offset, long Digest)
{
    /// <summary>The mark of a message.</summary>
    public static MessageMark Of(ReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.Offset, (long)XxHash3.HashToUInt64(message.Message.Body.Span));
    }
}

using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime;

/// <summary>How far a client has come on the bus, and what it has seen of its producers.</summary>
internal sealed class ClientPosition(ClientProgress progress)
{
    private readonly Dictionary<string, long> _lastSequences = progress.LastSequences.ToDictionary(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _storedSequences = progress.LastSequences.ToDictionary(StringComparer.Ordinal);
    private readonly Queue<(BusOffset Offset, string Producer, long Sequence)> _seen = new();
    private BusOffset? _deliveredUpTo = progress.DeliveredUpTo;

    // Its mark is made when it is asked for: with each commit, not with each message.
    private ReceivedMessage? _last;
    private MessageMark? _storedLast = progress.LastMessage;

    /// <summary>Events up to here may have been delivered before this session.</summary>
    public BusOffset? RedeliveryUpTo { get; private set; } = progress.DeliveredUpTo;

    /// <summary>Whether events still come that may have been delivered before this session.</summary>
    public bool MayRedeliver => RedeliveryUpTo is { } upTo && Next <= upTo;

    /// <summary>Events up to here wait until the last of them has come: what the target has of them is not known.</summary>
    public BusOffset? ReplayUpTo { get; private set; } = progress.ReplayUpTo;

    /// <summary>The last message that was done with; null if none was on this bus.</summary>
    public MessageMark? LastMessage => _last is { } message ? MessageMark.Of(message) : _storedLast;

    /// <summary>Whether such events still come.</summary>
    public bool IsReplaying => ReplayUpTo is { } upTo && Next <= upTo;

    /// <summary>Whether the target may have got the event at an offset before.</summary>
    public Delivery DeliveryOf(BusOffset offset) => offset <= ReplayUpTo ? Delivery.Replay : offset <= RedeliveryUpTo ? Delivery.Again : Delivery.First;

    /// <summary>The offset at which reading goes on; null before the first initialisation, and where it goes on at
    /// the first message that is on the bus.</summary>
    public BusOffset? Next { get; private set; } = progress.Next;

    /// <summary>Whether anything changed since <see cref="ToProgress"/>.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>The last sequence number seen of a producer; null if none was.</summary>
    public long? LastSequenceOf(string producer) => _lastSequences.TryGetValue(producer, out var last) ? last : null;

    /// <summary>Whether an event is one that was seen before, by its number; not if it has none.</summary>
    public bool Knows(DecodedEvent decoded) => decoded.Stamp?.Sequence <= LastSequenceOf(decoded.Producer);

    /// <summary>The number of the message at an offset; it is stored when reading goes on after that.</summary>
    public void SawSequence(BusOffset offset, string producer, long sequence)
    {
        _lastSequences[producer] = sequence;
        _seen.Enqueue((offset, producer, sequence));
    }

    /// <summary>The offsets until now mean nothing any more: reading goes on at the first message that is on the bus.</summary>
    public void BeginAnew()
    {
        (Next, RedeliveryUpTo, ReplayUpTo, _deliveredUpTo) = (null, null, null, null);
        (_last, _storedLast) = (null, null);
        _seen.Clear();
        IsDirty = true;
    }

    /// <summary>All that a producer sent up to a number is known, in whatever way.</summary>
    /// <param name="producer">The producer.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="mayBeLower">Whether what was known beyond it is no more: bus and server may have been put back to an older time.</param>
    public void CaughtUp(string producer, long sequence, bool mayBeLower)
    {
        if (!mayBeLower && sequence <= LastSequenceOf(producer))
            return;
        _lastSequences[producer] = _storedSequences[producer] = sequence;
        IsDirty = true;
    }

    /// <summary>Everything before an offset is done with: reading goes on there.</summary>
    public void MoveTo(BusOffset next)
    {
        Next = next;

        // A number is stored with its event, never before: an event that is read again after a restart must not pass for a repeat.
        while (_seen.TryPeek(out var seen) && seen.Offset < next)
            _storedSequences[seen.Producer] = _seen.Dequeue().Sequence;
        IsDirty = true;
    }

    /// <summary>A message is done with, and everything before it.</summary>
    public void MoveBehind(ReceivedMessage message)
    {
        _last = message;
        MoveTo(message.Offset.Next);
    }

    /// <summary>Announces that events up to an offset, and none behind it, may be given to the target from the next commit on.</summary>
    public void Announce(BusOffset? upTo)
    {
        // What was announced before a restart may have been delivered then, however often the client restarts before it gets there again.
        _deliveredUpTo = RedeliveryUpTo is null || upTo > RedeliveryUpTo ? upTo : RedeliveryUpTo;
        IsDirty = true;
    }

    /// <summary>Whether an event was announced.</summary>
    public bool IsAnnounced(BusOffset offset) => offset <= _deliveredUpTo;

    /// <summary>What the target has of the events up to an offset is not known: the calls that tell are lost, or were made by a later state.</summary>
    public void Replay(BusOffset upTo)
    {
        (ReplayUpTo, RedeliveryUpTo) = (upTo, upTo);
        Announce(upTo);
    }

    /// <summary>All of it, to be stored.</summary>
    /// <param name="nextQueueNumber">The number of the next event that goes into the error queue.</param>
    public ClientProgress ToProgress(long nextQueueNumber)
    {
        IsDirty = false;
        return new ClientProgress(Next, _deliveredUpTo, nextQueueNumber, _storedSequences.ToImmutableDictionary(StringComparer.Ordinal))
        {
            ReplayUpTo = IsReplaying ? ReplayUpTo : null,
            LastMessage = LastMessage,
        };
    }
}

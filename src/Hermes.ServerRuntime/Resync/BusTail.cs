using Hermes.Abstractions.Buses;
using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.ServerRuntime.Resync;

/// <summary>What the last messages of a bus tell a server about itself. Shown to it in order.</summary>
/// <param name="source">The name of the server as its messages carry it.</param>
/// <param name="producerId">The name under which the state's events are numbered.</param>
/// <param name="keptAfter">Events with a greater number are kept for comparison.</param>
internal sealed class BusTail(string source, string producerId, long keptAfter)
{
    private readonly Dictionary<long, DateTimeOffset> _times = [];
    private readonly SortedDictionary<long, DecodedEvent> _kept = [];

    /// <summary>The key with which the server signs; null if it does not.</summary>
    public byte[]? Key { get; init; }

    /// <summary>The number of the last event of the state.</summary>
    public long Known { get; init; }

    /// <summary>What tells the bus from others, or null.</summary>
    public string? Incarnation { get; init; }

    /// <summary>The offset of the last message, or null if there is none.</summary>
    public BusOffset? Last { get; init; }

    /// <summary>The producer of the last event of this server, whatever its state was then, or null if there is none.</summary>
    public string? LastProducer { get; private set; }

    /// <summary>Whether a program that does not number its events has written to the bus.</summary>
    public bool HasUnnumbered { get; private set; }

    /// <summary>The highest number of an event of this state; 0 if there is none.</summary>
    public long Highest { get; private set; }

    /// <summary>A number under which two different events stand on the bus, or null.</summary>
    public long? Forked { get; private set; }

    /// <summary>The events of this state that were kept, by number.</summary>
    public IReadOnlyDictionary<long, DecodedEvent> Kept => _kept;

    /// <summary>Looks at the next message.</summary>
    public void Observe(BusMessage message)
    {
        if (TryDecode(message) is not { } decoded)
            return;
        if (decoded.Stamp is not { } stamp)
        {
            HasUnnumbered |= Key is null;
            return;
        }

        // What anybody may have written proves nothing but that the bus has not lost what this server sent, with an earlier key perhaps.
        if (!IsSigned(message))
        {
            if (stamp.ProducerId == producerId && stamp.Sequence <= Known)
                Highest = Math.Max(Highest, stamp.Sequence);
            return;
        }

        if (message.Headers.GetValueOrDefault("ce_source", source) == source)
            LastProducer = stamp.ProducerId;
        if (stamp.ProducerId != producerId)
            return;
        Highest = Math.Max(Highest, stamp.Sequence);
        if (!_times.TryAdd(stamp.Sequence, stamp.Time) && _times[stamp.Sequence] != stamp.Time)
            Forked ??= stamp.Sequence;
        if (stamp.Sequence > keptAfter)
            _kept.TryAdd(stamp.Sequence, decoded);
    }

    private bool IsSigned(BusMessage message) =>
        Key is null || EventSignature.IsValid(message.Headers.GetValueOrDefault(EventSignature.Header), message.Body.Span, Key);

    private static DecodedEvent? TryDecode(BusMessage message)
    {
        try
        {
            return EventJson.Decode(message.Body.Span);
        }
        catch (EventFormatException)
        {
            // Of no server: clients set it aside.
            return null;
        }
    }
}

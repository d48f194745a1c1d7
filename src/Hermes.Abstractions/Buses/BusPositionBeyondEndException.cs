namespace Hermes.Abstractions.Buses;

/// <summary>The bus ends before the offset at which a consumer must go on: it is another bus than before, or it lost messages.</summary>
public sealed class BusPositionBeyondEndException : BusException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="wanted">The offset of the next message to read.</param>
    /// <param name="last">The last offset that the bus has given out, or null if it never had a message.</param>
    public BusPositionBeyondEndException(BusOffset wanted, BusOffset? last)
        : base(
            $"Reading is to go on at offset {wanted}, but the bus {(last is { } l ? $"ends at offset {l}" : "has never had a message")}. "
            + "It was emptied or replaced, or it lost messages that this client has seen. Check that the configuration names the right bus.",
            FaultKind.Permanent)
    {
        Wanted = wanted;
        Last = last;
    }

    /// <summary>The offset of the next message to read.</summary>
    public BusOffset Wanted { get; }

    /// <summary>The last offset that the bus has given out, or null if it never had a message.</summary>
    public BusOffset? Last { get; }
}

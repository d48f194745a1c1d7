namespace Hermes.Abstractions.Buses;

/// <summary>Where reading of a bus starts: at the first message that it still keeps, or at an offset.</summary>
public readonly record struct BusPosition
{
    private BusPosition(BusOffset? offset) => Offset = offset;

    /// <summary>The first message that the bus still keeps.</summary>
    public static BusPosition Beginning => default;

    /// <summary>The offset of the first message wanted, or null for the beginning.</summary>
    public BusOffset? Offset { get; }

    /// <summary>The message at this offset, or the next one after it.</summary>
    public static BusPosition At(BusOffset offset) => new(offset);

    /// <inheritdoc/>
    public override string ToString() => Offset is { } offset ? $"offset {offset}" : "the beginning";
}

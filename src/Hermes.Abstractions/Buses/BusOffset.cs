using System.Globalization;
using System.Text.Json.Serialization;

namespace Hermes.Abstractions.Buses;

/// <summary>The place of a message on its bus. Later messages have greater offsets; offsets may have gaps.</summary>
/// <param name="Value">The offset as the bus counts it.</param>
[JsonConverter(typeof(BusOffsetJsonConverter))]
public readonly record struct BusOffset(long Value) : IComparable<BusOffset>
{
    /// <summary>The offset right after this one.</summary>
    public BusOffset Next => new(Value + 1);

    /// <inheritdoc/>
    public int CompareTo(BusOffset other) => Value.CompareTo(other.Value);

    /// <summary>Whether one offset lies before another.</summary>
    public static bool operator <(BusOffset left, BusOffset right) => left.Value < right.Value;

    /// <summary>Whether one offset lies after another.</summary>
    public static bool operator >(BusOffset left, BusOffset right) => left.Value > right.Value;

    /// <summary>Whether one offset lies before another, or is the same.</summary>
    public static bool operator <=(BusOffset left, BusOffset right) => left.Value <= right.Value;

    /// <summary>Whether one offset lies after another, or is the same.</summary>
    public static bool operator >=(BusOffset left, BusOffset right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

using System.Text.Json.Serialization;
using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.State;

/// <summary>A message that could not be used and was set aside.</summary>
/// <param name="Offset">Where it stands on the bus.</param>
/// <param name="Time">When it was set aside.</param>
/// <param name="Reason">Why; never holds a value of it.</param>
/// <param name="Body">The message as it came. It may hold secret values: a store keeps it unreadable, and it is not in the JSON of this record.</param>
public sealed record DeadLetter(BusOffset Offset, DateTimeOffset Time, string Reason, [property: JsonIgnore] ReadOnlyMemory<byte> Body)
{
    /// <inheritdoc/>
    public override string ToString() => $"offset {Offset}: {Reason}";
}

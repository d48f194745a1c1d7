using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hermes.Abstractions.Buses;

/// <summary>Offsets as numbers.</summary>
public sealed class BusOffsetJsonConverter : JsonConverter<BusOffset>
{
    /// <inheritdoc/>
    public override BusOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BusOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.Value);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hermes.Abstractions.Data;

/// <summary>Entries as objects with their attributes as members.</summary>
public sealed class EntryJsonConverter : JsonConverter<Entry>
{
    /// <inheritdoc/>
    public override Entry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var value = ValueJsonConverter.Read(document.RootElement);
        return value.Kind == ValueKind.Map ? Entry.Create(value.AsMap()) : throw new JsonException("An entry is an object with its attributes as members.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Entry value, JsonSerializerOptions options) => PlainJson.WriteMap(writer, value);
}

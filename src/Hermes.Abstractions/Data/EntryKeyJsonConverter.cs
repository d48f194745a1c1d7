using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hermes.Abstractions.Data;

/// <summary>Keys as in the events: the scalar, or the list of the parts.</summary>
public sealed class EntryKeyJsonConverter : JsonConverter<EntryKey>
{
    /// <inheritdoc/>
    public override EntryKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return EntryKey.TryCreate(ValueJsonConverter.Read(document.RootElement), out var key)
            ? key
            : throw new JsonException("A key is a text, a number or a truth value, or a list of two or more of them.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EntryKey value, JsonSerializerOptions options) => PlainJson.Write(writer, value.ToValue());
}

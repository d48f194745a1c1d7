using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hermes.Abstractions.Data;

/// <summary>Values in what System.Text.Json writes of other types: as <see cref="PlainJson"/>.</summary>
public sealed class ValueJsonConverter : JsonConverter<Value>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Read(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => PlainJson.Write(writer, value);

    /// <exception cref="JsonException">The JSON is no value.</exception>
    internal static Value Read(JsonElement element)
    {
        try
        {
            return PlainJson.Read(element);
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }
}

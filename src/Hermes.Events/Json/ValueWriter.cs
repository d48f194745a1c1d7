using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Events.Json;

/// <summary>Writes values as JSON.</summary>
internal static class ValueWriter
{
    public static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null: writer.WriteNullValue(); break;
            case ValueKind.Boolean: writer.WriteBooleanValue(value.AsBoolean()); break;
            case ValueKind.Integer: writer.WriteNumberValue(value.AsInteger()); break;
            case ValueKind.Double: WriteDouble(writer, value.AsDouble()); break;
            case ValueKind.Decimal: WriteFraction(writer, value.AsDecimal().ToString(CultureInfo.InvariantCulture)); break;
            case ValueKind.String: WriteText(writer, value.AsString()); break;
            case ValueKind.DateTime: writer.WriteStringValue(TypedText.Of(value.AsDateTime())); break;
            case ValueKind.Bytes: writer.WriteStringValue(TypedText.Of(value.AsBytes().Span)); break;
            case ValueKind.List: WriteList(writer, value.AsList()); break;
            case ValueKind.Map: WriteMap(writer, value.AsMap()); break;
            default: throw new EventFormatException($"A value of kind {value.Kind} cannot be sent.");
        }
    }

    public static void WriteAttributes(Utf8JsonWriter writer, Entry entry)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in entry)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, ValueList list)
    {
        writer.WriteStartArray();
        foreach (var item in list.AsSpan())
            Write(writer, item);
        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, ValueMap map)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in map)
        {
            writer.WritePropertyName(name);
            Write(writer, item);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        if (text.StartsWith("Hermes", StringComparison.Ordinal) && TypedText.IsTyped(text))
        {
            var rest = JsonEncodedText.Encode(text.AsSpan(1), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
            writer.WriteRawValue([.. "\"\\u0048"u8, .. rest, .. "\""u8], skipInputValidation: true);
            return;
        }

        if (HasLoneSurrogate(text))
            throw new EventFormatException("A text holds half of a surrogate pair, which is no valid Unicode and cannot be sent.");
        writer.WriteStringValue(text);
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (!double.IsFinite(value))
            throw new EventFormatException("A number that is not finite cannot be sent.");
        WriteFraction(writer, value.ToString("R", CultureInfo.InvariantCulture));
    }

    // A number that is no integer must not look like one, or readers would take it for one.
    private static void WriteFraction(Utf8JsonWriter writer, string digits) =>
        writer.WriteRawValue(Encoding.ASCII.GetBytes(digits.AsSpan().IndexOfAny('.', 'E') < 0 ? digits + ".0" : digits), skipInputValidation: true);

    private static bool HasLoneSurrogate(string text)
    {
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 >= rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
                return true;
            rest = rest[(at + 2)..];
        }

        return false;
    }
}

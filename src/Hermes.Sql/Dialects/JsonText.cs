using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Sql.Dialects;

/// <summary>Lists and maps as the JSON text that is bound for them. Bytes become base64, dates ISO 8601 without a zone.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Value value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean: writer.WriteBooleanValue(value.AsBoolean()); break;
            case ValueKind.Integer: writer.WriteNumberValue(value.AsInteger()); break;
            case ValueKind.Double: writer.WriteNumberValue(value.AsDouble()); break;
            case ValueKind.Decimal: writer.WriteNumberValue(value.AsDecimal()); break;
            case ValueKind.Null: writer.WriteNullValue(); break;
            case ValueKind.List:
                writer.WriteStartArray();
                foreach (var item in value.AsList())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case ValueKind.Map:
                writer.WriteStartObject();
                foreach (var (name, item) in value.AsMap())
                {
                    writer.WritePropertyName(name);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }
}

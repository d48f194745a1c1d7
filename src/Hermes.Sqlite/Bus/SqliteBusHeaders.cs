using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hermes.Abstractions.Buses;

namespace Hermes.Sqlite.Bus;

/// <summary>The headers of a message as the JSON object of their column. Not for use by several threads.</summary>
internal sealed class SqliteBusHeaders
{
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter writer;

    public SqliteBusHeaders() =>
        writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Writes headers; the bytes are valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(IReadOnlyDictionary<string, string> headers)
    {
        buffer.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
        foreach (var (name, value) in headers)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return BusMessage.NoHeaders;
        var reader = new Utf8JsonReader(text);
        var headers = new Dictionary<string, string>(8, StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var name = reader.GetString()!;
            reader.Read();
            headers[name] = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"The header '{name}' is no text.");
        }

        return headers;
    }
}

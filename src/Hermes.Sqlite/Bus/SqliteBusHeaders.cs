using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hermes.Sqlite.Bus;

/// <summary>Writes the headers of a message as the JSON object of their column. Not for use by several threads.</summary>
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
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hermes.Runtime.Buses;

/// <summary>Writes the headers of a message as the JSON object of their column. Not for use by several threads.</summary>
internal sealed class HeadersWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public HeadersWriter() =>
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Writes headers; the bytes are valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(IReadOnlyDictionary<string, string> headers)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        foreach (var (name, value) in headers)
            _writer.WriteString(name, value);
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenSpan;
    }
}

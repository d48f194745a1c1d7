using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Hermes.Events.Json;

/// <summary>
/// Events as JSON, in the wire format of the original Hermes program (version 1.0.9), with members of our own beside it: event id, producer id,
/// sequence number and time. Readers ignore members they do not know. Safe to use from several threads.
/// </summary>
/// <remarks>
/// JSON has one kind of fraction: a decimal of up to 15 significant digits comes back as a double of the same value, a longer one as a decimal.
/// Bytes and date-times are typed texts; a text that looks like one of them survives.
/// </remarks>
public static class EventJson
{
    /// <summary>How large a message may be, in bytes: 64 MB. A larger one is neither sent nor read.</summary>
    public const int MaxMessageLength = 64 * 1024 * 1024;

    // More than the names, two longest producer ids, two longest numbers and a time take.
    private const int StampLength = 288;

    private const int MostKeptRoom = 64 * 1024;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    /// <summary>The category of an event as buses carry it beside the message (<c>base</c>, <c>initsync</c>).</summary>
    public static string CategoryName(EventCategory category) => WireNames.Of(category);

    /// <summary>The type of an event on the wire, such as <c>added</c> or <c>init-start</c>.</summary>
    public static string TypeName(HermesEvent @event) => @event switch
    {
        DataSchemaEvent => WireNames.DataSchema,
        InitStartEvent => WireNames.InitStart,
        InitStopEvent => WireNames.InitStop,
        AddedEvent => WireNames.Added,
        ModifiedEvent => WireNames.Modified,
        RemovedEvent => WireNames.Removed,
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };

    /// <summary>Writes an event; without a stamp, as the original program writes it.</summary>
    /// <exception cref="EventFormatException">A value cannot be sent: a number that is not finite, half of a surrogate pair.</exception>
    public static void Write(HermesEvent @event, EventStamp? stamp, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var writer = _writer ??= new Utf8JsonWriter(Stream.Null, WriterOptions);
        try
        {
            writer.Reset(output);
            EventWriter.Write(writer, @event, stamp);
            writer.Flush();
        }
        finally
        {
            writer.Reset(Stream.Null);
        }
    }

    /// <summary>Encodes an event; without a stamp, as the original program writes it.</summary>
    /// <exception cref="EventFormatException">A value cannot be sent, or the message would be larger than <see cref="MaxMessageLength"/>.</exception>
    public static byte[] Encode(HermesEvent @event, EventStamp? stamp)
    {
        var output = _output ?? new ArrayBufferWriter<byte>(512);
        output.ResetWrittenCount();
        Write(@event, stamp, output);

        if (output.WrittenCount > MaxMessageLength - StampLength)
        {
            _output = null;
            throw TooLarge(output.WrittenCount);
        }

        // The room of a rare huge event is not kept.
        _output = output.Capacity <= MostKeptRoom ? output : null;
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Encodes an event that was encoded without a stamp anew, with its stamp put in.</summary>
    public static byte[] WithStamp(ReadOnlySpan<byte> encoded, EventStamp stamp)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        Span<byte> members = stackalloc byte[StampLength];
        if (!Utf8.TryWrite(
            members,
            CultureInfo.InvariantCulture,
            $",\"eventid\":\"{stamp.ProducerId}-{stamp.Sequence}\",\"producerid\":\"{stamp.ProducerId}\",\"sequence\":{stamp.Sequence},\"time\":\"{stamp.Time.UtcDateTime:O}\"}}",
            out var written))
        {
            throw new ArgumentException($"The producer id '{stamp.ProducerId}' is longer than 64 characters.", nameof(stamp));
        }

        var unclosed = encoded[..^1];
        var stamped = new byte[unclosed.Length + written];
        unclosed.CopyTo(stamped);
        members[..written].CopyTo(stamped.AsSpan(unclosed.Length));
        return stamped;
    }

    /// <summary>Reads an event.</summary>
    /// <exception cref="EventFormatException">The body is not an event; says what is wrong and never holds a value.</exception>
    public static DecodedEvent Decode(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxMessageLength)
            throw TooLarge(body.Length);
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 64 });
            return EventReader.Read(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The exceptions of the JSON reader may quote the text around the fault, so only the place is passed on.
            var place = exception is JsonException { LineNumber: { } line, BytePositionInLine: { } position } ? $" at line {line + 1}, byte {position + 1}" : "";
            throw new EventFormatException($"The message is not valid JSON{place}.");
        }
    }

    private static EventFormatException TooLarge(int length) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The message has {length:N0} bytes, and {MaxMessageLength:N0} are allowed."));

    // Escapes what JSON requires and no more: readers must not care, and it is shorter.
    internal static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}

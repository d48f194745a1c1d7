using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State.Codecs;
using Hermes.Diff.Encoding;

namespace Hermes.ClientRuntime.State.Files;

/// <summary>What came of a call as bytes. Used by one at a time.</summary>
internal sealed class JournalRecordCodec
{
    private readonly ISecretProtector _protector;
    private readonly MemoryStream _buffer = new();
    private readonly BinaryWriter _writer;

    public JournalRecordCodec(ISecretProtector protector)
    {
        _protector = protector;
        _writer = new BinaryWriter(_buffer);
    }

    /// <summary>Encodes.</summary>
    /// <param name="call">What came of the call.</param>
    /// <param name="room">How many bytes are left free before it.</param>
    /// <returns>Valid until the next one is encoded.</returns>
    public Span<byte> Encode(JournaledCall call, int room)
    {
        _buffer.SetLength(room);
        _buffer.Position = room;
        _writer.Write(call.Id.Place);
        _writer.Write(call.Id.Type);
        _writer.Write(call.Entry);
        _writer.Write(call.Attempt);
        _writer.Write(call.Content);
        _writer.Write(call.Done);
        WriteText(_writer, call.Link);
        _writer.Write(call.Failure is not null);
        if (call.Failure is { } failure)
            WriteFailure(_writer, failure);
        return _buffer.GetBuffer().AsSpan(0, (int)_buffer.Length);
    }

    public JournaledCall Decode(ReadOnlySpan<byte> record)
    {
        using var reader = new BinaryReader(new MemoryStream(record.ToArray()));
        return new JournaledCall(
            new CallId(reader.ReadInt64(), reader.ReadString()),
            reader.ReadInt64(),
            reader.ReadInt32(),
            reader.ReadInt64(),
            reader.ReadInt32(),
            ReadText(reader),
            reader.ReadBoolean() ? ReadFailure(reader) : null);
    }

    private void WriteFailure(BinaryWriter writer, AttemptLog failure)
    {
        writer.Write(failure.Count);
        writer.Write(failure.Last?.UtcTicks ?? 0);
        writer.Write(failure.Message);
        writer.Write(StepsCodec.Names(failure.CompletedSteps));
        WriteBytes(writer, StepsCodec.Results(failure.CompletedSteps) is { } secret ? _protector.Protect(secret) : []);
        writer.Write(failure.IsPartiallyProcessed);
        writer.Write(failure.WasBrokenOff);
        WriteText(writer, failure.Holder?.Type);
        if (failure.Holder is { } holder)
            WriteBytes(writer, EntryCodec.EncodeKey(holder.Key));
        WriteText(writer, failure.Cause is { } cause ? CauseCodec.Encode(cause) : null);
    }

    private AttemptLog ReadFailure(BinaryReader reader)
    {
        var (count, last, message, names) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadString(), reader.ReadString());
        var results = ReadBytes(reader);
        var steps = StepsCodec.Decode(names, results.Length == 0 ? null : _protector.Unprotect(results));
        return new AttemptLog(count, last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero), message, steps, reader.ReadBoolean(), IsInFlight: false)
        {
            WasBrokenOff = reader.ReadBoolean(),
            Holder = ReadText(reader) is { } type ? new EntryId(type, EntryCodec.DecodeKey(ReadBytes(reader))) : null,
            Cause = ReadText(reader) is { } cause ? CauseCodec.Decode(cause) : null,
        };
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}

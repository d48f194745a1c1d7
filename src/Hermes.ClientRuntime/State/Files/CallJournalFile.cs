using System.Buffers.Binary;
using System.IO.Hashing;

namespace Hermes.ClientRuntime.State.Files;

/// <summary>
/// What came of the calls since the last commit, in a file beside the state that is only appended to, and never flushed: what a process wrote survives its death. A
/// head names the journal by a random number, which the state holds too: a journal that does not belong to the last commit, because either was restored or lost, is
/// never read. Each record has a checksum.
/// </summary>
internal sealed class CallJournalFile : IDisposable
{
    private const ulong Magic = 0x314C_4143_534D_5248;
    private const int HeadLength = 24;
    private const int RecordHeadLength = 12;

    private readonly Lock _gate = new();
    private readonly MappedFile _file;
    private readonly JournalRecordCodec _codec;
    private long _id;
    private long _end;

    /// <param name="path">The path of the file.</param>
    /// <param name="id">The number of the journal that belongs to the state; 0 if there is none.</param>
    /// <param name="last">The number that the file had before the last commit: if it still has, the process died right then, and no call was made since.</param>
    /// <param name="protector">Encrypts what may be secret.</param>
    /// <exception cref="ClientStateException">The file cannot be opened.</exception>
    public CallJournalFile(string path, long id, long last, ISecretProtector protector)
    {
        _codec = new JournalRecordCodec(protector);
        _file = new MappedFile(path);
        var bytes = _file.Read();
        JournalFinding = Judge(bytes, id, last);
        Found = Read(bytes, id);

        // Its head was not written when the state was: calls from here on belong to it all the same. A journal that is worth nothing stays as it is until the next commit,
        // so that it is not taken for a good one meanwhile.
        if (_id == 0 && id != 0 && JournalFinding == JournalFinding.Whole)
            Begin(id);
    }

    /// <summary>What the records are worth that were there at the opening.</summary>
    public JournalFinding JournalFinding { get; }

    /// <summary>The records that were there at the opening.</summary>
    public IReadOnlyList<JournaledCall> Found { get; }

    /// <exception cref="ClientStateException">It could not be written.</exception>
    public void Append(JournaledCall call)
    {
        lock (_gate)
        {
            // Before the first commit there is nothing that it could belong to.
            if (_id == 0)
                return;
            var record = _codec.Encode(call, RecordHeadLength);
            BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - RecordHeadLength);
            BinaryPrimitives.WriteUInt64LittleEndian(record[4..], Checksum(record[RecordHeadLength..], _id));
            _file.Write(record, _end);
            _end += record.Length;
        }
    }

    /// <summary>Begins anew: the state has the number in its last commit.</summary>
    /// <exception cref="ClientStateException">It could not be written.</exception>
    public void Begin(long id)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteUInt64LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], id);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], MachineStart.Number);
        lock (_gate)
        {
            // Records of before stay: their checksums are those of another journal.
            _file.Write(head, 0);
            (_id, _end) = (id, HeadLength);
        }
    }

    public void Dispose() => _file.Dispose();

    private static JournalFinding Judge(ReadOnlySpan<byte> bytes, long id, long last)
    {
        // Nothing was ever committed.
        if (id == 0)
            return JournalFinding.Whole;
        if (bytes.Length < HeadLength || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic)
            return last == 0 ? JournalFinding.Incomplete : JournalFinding.Foreign;
        var found = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (found != id && found != last)
            return JournalFinding.Foreign;
        return BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) == MachineStart.Number ? JournalFinding.Whole : JournalFinding.Incomplete;
    }

    private List<JournaledCall> Read(ReadOnlySpan<byte> left, long id)
    {
        var found = new List<JournaledCall>();
        if (id == 0 || left.Length < HeadLength || BinaryPrimitives.ReadUInt64LittleEndian(left) != Magic || BinaryPrimitives.ReadInt64LittleEndian(left[8..]) != id)
            return found;
        (_id, _end) = (id, HeadLength);
        for (left = left[HeadLength..]; TryReadRecord(left, id, out var record); left = left[(RecordHeadLength + record.Length)..])
        {
            found.Add(_codec.Decode(record));
            _end += RecordHeadLength + record.Length;
        }

        return found;
    }

    // What is behind the last whole record was being written when the process died, or belongs to an earlier journal.
    private static bool TryReadRecord(ReadOnlySpan<byte> left, long id, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (left.Length < RecordHeadLength || BinaryPrimitives.ReadInt32LittleEndian(left) is var length && (length <= 0 || length > left.Length - RecordHeadLength))
            return false;
        record = left.Slice(RecordHeadLength, length);
        return Checksum(record, id) == BinaryPrimitives.ReadUInt64LittleEndian(left[4..]);
    }

    // What another journal left differs by the number of the journal.
    private static ulong Checksum(ReadOnlySpan<byte> bytes, long id) => XxHash3.HashToUInt64(bytes, id);
}

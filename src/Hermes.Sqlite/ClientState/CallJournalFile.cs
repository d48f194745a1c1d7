using System.Buffers.Binary;
using System.IO.Hashing;
using Hermes.ClientRuntime.State;

namespace Hermes.Sqlite.ClientState;

/// <summary>
/// What came of the calls since the last commit, in a file beside the state that is only appended to, and never flushed: what a process wrote survives its death. A
/// head names the journal by a random number, which the state holds too: a journal that does not belong to the last commit, because either was restored or lost, is
/// never read. Each record has a checksum.
/// </summary>
internal sealed class CallJournalFile : IDisposable
{
    private const ulong Magic = 0x314C_4143_534D_5248;
    private const int HeadLength = 16;
    private const int RecordHeadLength = 12;

    private readonly Lock _gate = new();
    private readonly MappedFile _file;
    private readonly JournalRecordCodec _codec;
    private long _id;
    private long _end;

    /// <param name="path">The path of the file.</param>
    /// <param name="id">The number of the journal that belongs to the state; 0 if there is none.</param>
    /// <param name="protector">Encrypts what may be secret.</param>
    /// <exception cref="ClientStateException">The file cannot be opened.</exception>
    public CallJournalFile(string path, long id, ISecretProtector protector)
    {
        _codec = new JournalRecordCodec(protector);
        _file = new MappedFile(path);
        Found = Read(id);
    }

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
        lock (_gate)
        {
            // Records of before stay: their checksums are those of another journal.
            _file.Write(head, 0);
            (_id, _end) = (id, HeadLength);
        }
    }

    public void Dispose() => _file.Dispose();

    private List<JournaledCall> Read(long id)
    {
        var found = new List<JournaledCall>();
        ReadOnlySpan<byte> left = _file.Read();
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

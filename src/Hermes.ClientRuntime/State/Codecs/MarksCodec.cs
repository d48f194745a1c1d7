using System.Buffers.Binary;
using System.Collections.Immutable;
using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.State.Codecs;

/// <summary>Marks of messages as bytes: offset and digest of each.</summary>
internal static class MarksCodec
{
    private const int Length = 2 * sizeof(long);

    public static byte[] Encode(ImmutableArray<MessageMark> marks)
    {
        var bytes = new byte[marks.Length * Length];
        for (var i = 0; i < marks.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * Length), marks[i].Offset.Value);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((i * Length) + sizeof(long)), marks[i].Digest);
        }

        return bytes;
    }

    public static ImmutableArray<MessageMark> Decode(ReadOnlySpan<byte> bytes)
    {
        var marks = ImmutableArray.CreateBuilder<MessageMark>(bytes.Length / Length);
        for (; !bytes.IsEmpty; bytes = bytes[Length..])
            marks.Add(new(new BusOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes)), BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..])));
        return marks.MoveToImmutable();
    }
}

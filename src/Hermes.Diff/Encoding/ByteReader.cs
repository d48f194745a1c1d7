using System.Buffers.Binary;

namespace Hermes.Diff.Encoding;

/// <summary>Reads what a <see cref="ByteBuffer"/> holds.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(1)[0];

    public long Fixed64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public int Length()
    {
        var length = Varint();
        return length <= (ulong)_rest.Length ? (int)length : throw Damaged();
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
            throw Damaged();
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public static InvalidDataException Damaged() => new("The encoded content of an entry is damaged, or was written by another version.");
}

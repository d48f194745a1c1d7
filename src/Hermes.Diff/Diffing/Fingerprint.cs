using System.Buffers.Binary;

namespace Hermes.Diff.Diffing;

/// <summary>
/// What tells whether the cached content of an entry changed: a keyed hash of 128 bits of the content as <see cref="CachedEntry"/> encodes
/// it, made by an <see cref="EntryHasher"/>.
/// </summary>
/// <param name="First">The first eight bytes, little-endian.</param>
/// <param name="Second">The last eight bytes, little-endian.</param>
public readonly record struct Fingerprint(ulong First, ulong Second)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads what <see cref="CopyTo"/> wrote.</summary>
    public static Fingerprint Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));

    /// <summary>Writes the 16 bytes.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, First);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Second);
    }

    /// <summary>The 16 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }
}

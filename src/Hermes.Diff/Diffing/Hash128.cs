using System.Buffers.Binary;

namespace Hermes.Diff.Diffing;

/// <summary>
/// A keyed hash of 128 bits, made by an <see cref="EntryHasher"/>, so that nobody can make two things that have the same one. That of a key
/// stands for the key wherever keys are compared; that of an entry's content, its fingerprint, tells whether the content changed.
/// </summary>
/// <param name="First">The first eight bytes, little-endian.</param>
/// <param name="Second">The last eight bytes, little-endian.</param>
public readonly record struct Hash128(ulong First, ulong Second)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads what <see cref="CopyTo"/> wrote.</summary>
    public static Hash128 Read(ReadOnlySpan<byte> bytes) =>
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

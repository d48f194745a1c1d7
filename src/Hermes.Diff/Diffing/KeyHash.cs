using System.Buffers.Binary;

namespace Hermes.Diff.Diffing;

/// <summary>
/// The hash of an entry's key: 128 bits, keyed, so that nobody can make keys that collide. It stands for the key wherever keys are
/// compared.
/// </summary>
/// <param name="First">The first eight bytes, little-endian.</param>
/// <param name="Second">The last eight bytes, little-endian.</param>
public readonly record struct KeyHash(ulong First, ulong Second)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads what <see cref="CopyTo"/> wrote.</summary>
    public static KeyHash Read(ReadOnlySpan<byte> bytes) =>
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

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hermes.Diff.Diffing;

/// <summary>
/// What tells whether the cached content of an entry changed: the first 128 bits of the SHA-256 of the content as <see cref="CachedEntry"/>
/// encodes it.
/// </summary>
/// <param name="First">The first eight bytes, little-endian.</param>
/// <param name="Second">The last eight bytes, little-endian.</param>
public readonly record struct Fingerprint(ulong First, ulong Second)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    /// <summary>The fingerprint of an encoded content.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Read(hash);
    }

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

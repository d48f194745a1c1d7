using System.Buffers.Binary;
using System.IO.Compression;

namespace Hermes.Files.Sources;

/// <summary>
/// Decompresses a gzip file and fails at its end if it was cut off, which the framework's stream does not tell. It goes by the length that the last bytes
/// of the file announce, and so takes a file of several gzip members, one behind the other, for one that was cut off.
/// </summary>
/// <param name="file">The file, at its beginning.</param>
/// <param name="announced">The length that the file announces, modulo 2^32.</param>
internal sealed class WholeGZipStream(Stream file, uint announced) : GZipStream(file, CompressionMode.Decompress)
{
    private const int LengthBytes = 4;

    private long _read;

    /// <summary>The length that the last bytes of a gzip file announce.</summary>
    public static uint AnnouncedBy(FileStream file)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        var count = RandomAccess.Read(file.SafeFileHandle, length, Math.Max(0, file.Length - LengthBytes));
        return count == LengthBytes ? BinaryPrimitives.ReadUInt32LittleEndian(length) : 0;
    }

    // The framework sends the other ways of reading here when the class is derived from.
    public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count), count);

#pragma warning disable CA1835 // The overload for memory calls this one.
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Checked(await base.ReadAsync(buffer, offset, count, cancellationToken), count);
#pragma warning restore CA1835

    private int Checked(int count, int asked)
    {
        _read += count;
        return count > 0 || asked == 0 || unchecked((uint)_read) == announced
            ? count
            : throw new InvalidDataException("The content has another length than the file announces.");
    }
}

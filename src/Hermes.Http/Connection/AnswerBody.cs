using System.Buffers.Binary;
using System.IO.Compression;
using Hermes.Abstractions;

namespace Hermes.Http.Connection;

/// <summary>Reads the body of an answer to its end, up to a longest length.</summary>
internal static class AnswerBody
{
    private const int FirstBuffer = 1 << 16;
    private const int GZipTrailer = 4;

    /// <exception cref="HttpFaultException">It is too long, compressed in another way than gzip, or cut off.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int longest, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > longest)
            throw TooLong(longest);
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var bytes = await ReadAsync(body, (int)(content.Headers.ContentLength ?? 0), longest, cancellationToken);
        return content.Headers.ContentEncoding.ToArray() switch
        {
            [] => bytes,
            ["gzip" or "x-gzip"] => await DecompressAsync(bytes, longest, cancellationToken),
            _ => throw new HttpFaultException("The answer is compressed in a way that was not asked for.", FaultKind.Permanent),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, int expected, int longest, CancellationToken cancellationToken)
    {
        // One byte more than expected tells the end without growing.
        var (bytes, length) = (new byte[expected > 0 ? expected + 1 : FirstBuffer], 0);
        for (int read; (read = await body.ReadAsync(bytes.AsMemory(length), cancellationToken)) > 0;)
        {
            length += read;
            if (length > longest)
                throw TooLong(longest);
            if (length == bytes.Length)
                Array.Resize(ref bytes, length * 2);
        }

        return bytes.AsMemory(0, length);
    }

    // The framework's stream does not tell that compressed content was cut off; the length in its last bytes does.
    private static async Task<ReadOnlyMemory<byte>> DecompressAsync(ReadOnlyMemory<byte> compressed, int longest, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            await using var body = new GZipStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            bytes = await ReadAsync(body, 0, longest, cancellationToken);
        }
        catch (InvalidDataException failure)
        {
            throw new HttpFaultException("The answer is damaged: it cannot be decompressed.", FaultKind.Transient, failure);
        }

        return compressed.Length > GZipTrailer && BinaryPrimitives.ReadUInt32LittleEndian(compressed.Span[^GZipTrailer..]) == (uint)bytes.Length
            ? bytes
            : throw new HttpFaultException("The compressed answer is cut off.", FaultKind.Transient);
    }

    private static HttpFaultException TooLong(int longest) =>
        new($"The answer is longer than {longest} bytes. Ask for smaller pages, or raise MaxAnswerLength.", FaultKind.Permanent);
}

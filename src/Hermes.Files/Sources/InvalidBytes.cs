using System.Text;

namespace Hermes.Files.Sources;

/// <summary>Finds where bytes are that do not fit an encoding: the reader of texts tells that there are some, but not where.</summary>
internal static class InvalidBytes
{
    /// <summary>The line and the column (in characters, from 1) of the first invalid bytes; null if there are none.</summary>
    public static (long Line, long Column)? Find(Stream content, Encoding encoding)
    {
        var decoder = encoding.GetDecoder();
        var bytes = new byte[1 << 16];
        Span<char> characters = stackalloc char[8];
        var (line, column, wasReturn) = (1L, 1L, false);
        try
        {
            for (int read; (read = content.Read(bytes, 0, bytes.Length)) > 0;)
            {
                // One byte at a time: the position of a failure within a block is not told for bytes that began in the block before.
                for (var i = 0; i < read; i++)
                {
                    var count = decoder.GetChars(bytes.AsSpan(i, 1), characters, flush: false);
                    foreach (var character in characters[..count])
                    {
                        if (character == '\uFEFF' && line == 1 && column == 1)
                            continue;
                        if (character is '\n' or '\r')
                            (line, column) = (character == '\n' && wasReturn ? line : line + 1, 1);
                        else
                            column++;
                        wasReturn = character == '\r';
                    }
                }
            }

            decoder.GetChars([], characters, flush: true);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return (line, column);
        }
    }
}

using System.Text;

namespace Hermes.Files.Sources;

/// <summary>Encodings that refuse bytes they do not know instead of replacing them.</summary>
internal static class TextEncoding
{
    /// <summary>How many bytes the longest byte order mark has.</summary>
    public const int LongestMark = 4;

    // The mark of UTF-32 begins with that of UTF-16, so it goes first.
    private static readonly Encoding[] Marked =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>The encoding of this name, or null.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            var found = CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return found ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The encoding whose byte order mark a text begins with, or null.</summary>
    public static Encoding? OfMark(ReadOnlySpan<byte> beginning)
    {
        foreach (var encoding in Marked)
        {
            if (beginning.StartsWith(encoding.Preamble))
                return encoding;
        }

        return null;
    }
}

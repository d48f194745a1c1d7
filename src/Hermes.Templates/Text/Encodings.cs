using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Texts to bytes and back. What the encoding cannot express is an error.</summary>
internal static class Encodings
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding AsciiOnly =
        Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    private static readonly Encoding Latin1 =
        Encoding.GetEncoding("iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <exception cref="TemplateFault">The encoding is not known, or cannot express the text.</exception>
    public static Value Encode(ref Frame frame, string text, string encoding)
    {
        frame.AllocateBytes(4L * text.Length);
        try
        {
            return Named(encoding).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new TemplateFault("The text holds a character that this encoding cannot express");
        }
    }

    /// <exception cref="TemplateFault">The encoding is not known, or the bytes are no text in it.</exception>
    public static Value Decode(ref Frame frame, ReadOnlySpan<byte> bytes, string encoding)
    {
        frame.AllocateText(bytes.Length);
        try
        {
            return Named(encoding).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new TemplateFault("The bytes are no text in this encoding");
        }
    }

    private static Encoding Named(string name) => name.ToLowerInvariant().Replace('_', '-') switch
    {
        "utf-8" or "utf8" => Utf8,
        "utf-16-le" or "utf-16le" => Utf16,
        "ascii" or "us-ascii" => AsciiOnly,
        "latin-1" or "latin1" or "iso-8859-1" or "iso8859-1" => Latin1,
        _ => throw new TemplateFault("This encoding is not known; there are 'utf-8', 'utf-16-le', 'ascii' and 'latin-1'"),
    };
}

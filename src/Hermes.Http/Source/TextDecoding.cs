using System.Text;
using System.Text.Unicode;
using Hermes.Http.Connection;

namespace Hermes.Http.Source;

/// <summary>Turns the bodies of answers into UTF-8. Bytes that do not fit their encoding are an error; nothing is replaced.</summary>
internal static class TextDecoding
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The encoding of this name, or null.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The body of an answer in UTF-8, without a byte order mark.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="encoding">The encoding that settings say, or null to go by the answer.</param>
    /// <exception cref="UnreadableAnswerException">It is in another encoding.</exception>
    public static ReadOnlyMemory<byte> ToUtf8(WebAnswer answer, string? encoding)
    {
        var name = string.IsNullOrEmpty(encoding) ? answer.ContentType?.CharSet?.Trim('"') : encoding;
        var found = string.IsNullOrEmpty(name) ? Encoding.UTF8 : Find(name) ?? throw new UnreadableAnswerException($"Its encoding '{name}' is unknown. Set Encoding.");
        var utf8 = found.CodePage == Encoding.UTF8.CodePage ? answer.Content : Transcode(answer.Content.Span, found);
        if (!Utf8.IsValid(utf8.Span))
            throw WronglyEncoded(found);
        return utf8.Span.StartsWith(Mark) ? utf8[Mark.Length..] : utf8;
    }

    private static ReadOnlyMemory<byte> Transcode(ReadOnlySpan<byte> content, Encoding encoding)
    {
        try
        {
            return Encoding.UTF8.GetBytes(encoding.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            throw WronglyEncoded(encoding);
        }
    }

    private static UnreadableAnswerException WronglyEncoded(Encoding encoding) =>
        new($"It is not in the encoding {encoding.WebName}: there are bytes that mean nothing in it. Set Encoding to the one it is written in.");
}

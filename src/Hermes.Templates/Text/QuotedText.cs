using System.Globalization;
using System.Text;

namespace Hermes.Templates.Text;

/// <summary>Texts and bytes in quotes, with escapes, as Python's <c>repr()</c> writes them.</summary>
internal static class QuotedText
{
    /// <summary>How long a text may become at most.</summary>
    public static long Length(string text) => (text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? 6L : 2L) * text.Length;

    public static void Append(string text, StringBuilder result)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        result.Append(quote);
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            if (!TryAppendCommon(text[i], quote, result))
                AppendOther(text, i, result);
        }

        result.Append(quote);
    }

    public static void Append(ReadOnlySpan<byte> bytes, StringBuilder result)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        result.Append('b').Append(quote);
        foreach (var item in bytes)
        {
            if (TryAppendCommon((char)item, quote, result))
                continue;
            if (item is >= 0x20 and < 0x7F)
                result.Append((char)item);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\x{item:x2}");
        }

        result.Append(quote);
    }

    private static bool TryAppendCommon(char item, char quote, StringBuilder result)
    {
        switch (item)
        {
            case '\\': result.Append("\\\\"); return true;
            case '\n': result.Append("\\n"); return true;
            case '\r': result.Append("\\r"); return true;
            case '\t': result.Append("\\t"); return true;
            default:
                if (item == quote)
                    result.Append('\\').Append(quote);
                return item == quote;
        }
    }

    private static void AppendOther(string text, int index, StringBuilder result)
    {
        var length = CodePoints.LengthAt(text, index);
        var code = length == 2 ? char.ConvertToUtf32(text, index) : text[index];
        var category = length == 2 ? Rune.GetUnicodeCategory(new Rune(code)) : char.GetUnicodeCategory(text[index]);
        var isPrintable = code == ' ' || category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.SpaceSeparator);
        if (isPrintable)
            result.Append(text, index, length);
        else if (code < 0x100)
            result.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}");
        else if (code < 0x10000)
            result.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
        else
            result.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}");
    }
}

using System.Globalization;
using System.Text;

namespace Hermes.Templates.Lexing;

/// <summary>
/// A text in quotes, with the escapes of Python. An unknown escape stays as it is written, so that <c>'\d'</c> keeps its backslash.
/// </summary>
internal static class TextLiteral
{
    /// <summary>Reads the literal at a position and moves behind it.</summary>
    public static string Read(ReadOnlySpan<char> text, ref int position)
    {
        var start = position;
        var quote = text[position++];
        var result = new StringBuilder();
        while (position < text.Length)
        {
            var current = text[position++];
            if (current == quote)
                return result.ToString();
            if (current == '\\' && position < text.Length)
                Escape(text, ref position, result);
            else if (current == '\r')
                result.Append(position < text.Length && text[position] == '\n' ? "" : "\n");
            else
                result.Append(current);
        }

        throw new TemplateFault($"The text is never closed: write {quote} at its end", start);
    }

    private static void Escape(ReadOnlySpan<char> text, ref int position, StringBuilder result)
    {
        var escape = text[position++];
        switch (escape)
        {
            case '\n': break;
            case '\\' or '\'' or '"': result.Append(escape); break;
            case 'a': result.Append('\a'); break;
            case 'b': result.Append('\b'); break;
            case 'f': result.Append('\f'); break;
            case 'n': result.Append('\n'); break;
            case 'r': result.Append('\r'); break;
            case 't': result.Append('\t'); break;
            case 'v': result.Append('\v'); break;
            case 'x': CodePoint(text, ref position, 2, result); break;
            case 'u': CodePoint(text, ref position, 4, result); break;
            case 'U': CodePoint(text, ref position, 8, result); break;
            case >= '0' and <= '7': Octal(text, ref position, escape - '0', result); break;
            default: result.Append('\\').Append(escape); break;
        }
    }

    private static void CodePoint(ReadOnlySpan<char> text, ref int position, int digits, StringBuilder result)
    {
        if (position + digits > text.Length
            || !uint.TryParse(text.Slice(position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new TemplateFault($"This escape needs {digits} hexadecimal digits", position - 2);
        Append(code, position - 2, result);
        position += digits;
    }

    private static void Octal(ReadOnlySpan<char> text, ref int position, int code, StringBuilder result)
    {
        for (var digits = 1; digits < 3 && position < text.Length && text[position] is >= '0' and <= '7'; digits++)
            code = (code * 8) + (text[position++] - '0');
        Append((uint)code, position, result);
    }

    private static void Append(uint code, int position, StringBuilder result)
    {
        if (!Rune.IsValid(code))
            throw new TemplateFault("This escape does not stand for a character", position);
        result.Append(new Rune(code).ToString());
    }
}

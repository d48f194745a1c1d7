using System.Globalization;
using System.Text;

namespace Hermes.Runtime.Diagnostics;

/// <summary>
/// Makes one line of a text: what a key or a value brings along must neither look like another entry of a log nor steer a terminal. Control characters, the
/// separators of lines and the marks that turn the direction of writing are written as escapes.
/// </summary>
internal static class SingleLine
{
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscaped(text[i]))
                return Escape(text, i);
        }

        return text;
    }

    private static bool IsEscaped(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string Escape(string text, int first)
    {
        var line = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var character in text.AsSpan(first))
        {
            _ = character switch
            {
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when IsEscaped(character) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => line.Append(character),
            };
        }

        return line.ToString();
    }
}

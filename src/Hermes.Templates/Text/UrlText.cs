using System.Globalization;
using System.Text;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Percent encoding of UTF-8.</summary>
internal static class UrlText
{
    /// <param name="frame">Pays for the work.</param>
    /// <param name="text">The text.</param>
    /// <param name="alsoSafe">A character that is left as it is, beside letters, digits and <c>_.-~</c>.</param>
    public static string Quote(ref Frame frame, string text, char? alsoSafe)
    {
        frame.AllocateText(3L * text.Length);
        return Quote(ref frame, Encoding.UTF8.GetBytes(text), alsoSafe);
    }

    public static string Quote(ref Frame frame, ReadOnlySpan<byte> bytes, char? alsoSafe)
    {
        frame.AllocateText(3L * bytes.Length);
        var result = new StringBuilder(bytes.Length);
        foreach (var item in bytes)
        {
            var letter = (char)item;
            if (char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or '~' || letter == alsoSafe)
                result.Append(letter);
            else
                result.Append(CultureInfo.InvariantCulture, $"%{item:X2}");
        }

        return result.ToString();
    }
}

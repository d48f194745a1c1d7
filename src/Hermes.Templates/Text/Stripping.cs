namespace Hermes.Templates.Text;

/// <summary>Takes characters from the ends of a text: given ones, or white space.</summary>
internal static class Stripping
{
    public static string Both(string text, string? characters) => Right(Left(text, characters), characters);

    public static string Left(string text, string? characters)
    {
        var start = 0;
        while (start < text.Length && (characters is null ? IsSpace(text[start]) : Holds(characters, text, start)))
            start += CodePoints.LengthAt(text, start);
        return text[start..];
    }

    public static string Right(string text, string? characters)
    {
        var end = text.Length;
        while (end > 0)
        {
            var start = end > 1 && char.IsSurrogatePair(text[end - 2], text[end - 1]) ? end - 2 : end - 1;
            if (!(characters is null ? IsSpace(text[start]) : Holds(characters, text, start)))
                break;
            end = start;
        }

        return text[..end];
    }

    /// <summary>White space as Python knows it.</summary>
    public static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is >= '\x1C' and <= '\x1F';

    private static bool Holds(string characters, string text, int index) =>
        characters.AsSpan().Contains(text.AsSpan(index, CodePoints.LengthAt(text, index)), StringComparison.Ordinal);
}

namespace Hermes.Templates.Text;

/// <summary>The lines of a text, at each kind of line break that Python knows.</summary>
internal static class Lines
{
    public static List<string> Of(string text) => [.. WithEnds(text).Select(line => line[..ContentLength(line)])];

    /// <summary>The lines with the break at their ends.</summary>
    public static List<string> WithEnds(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !IsBreak(text[end]))
                end++;
            if (end < text.Length)
                end += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private static int ContentLength(string line)
    {
        if (line.EndsWith("\r\n", StringComparison.Ordinal))
            return line.Length - 2;
        return line.Length > 0 && IsBreak(line[^1]) ? line.Length - 1 : line.Length;
    }

    private static bool IsBreak(char letter) =>
        letter is '\n' or '\r' or '\v' or '\f' or (>= '\x1C' and <= '\x1E') or '\x85' or '\u2028' or '\u2029';
}

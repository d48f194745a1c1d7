using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>The lines of a text, at each kind of line break that Python knows.</summary>
internal static class Lines
{
    /// <param name="frame">Pays for the work.</param>
    /// <param name="text">The text.</param>
    /// <param name="withEnds">Whether the lines keep the break at their ends.</param>
    public static List<string> Of(ref Frame frame, string text, bool withEnds = false)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !IsBreak(text[end]))
                end++;
            var next = end == text.Length ? end : end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
            var line = withEnds ? start..next : start..end;
            frame.AllocateItem();
            frame.AllocateText(next - start);
            lines.Add(text[line]);
            start = next;
        }

        return lines;
    }

    private static bool IsBreak(char letter) =>
        letter is '\n' or '\r' or '\v' or '\f' or (>= '\x1C' and <= '\x1E') or '\x85' or '\u2028' or '\u2029';
}

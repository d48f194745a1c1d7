using System.Text.RegularExpressions;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Breaks a line into lines no wider than a width, where words end, as Python's textwrap does.</summary>
internal sealed partial class WordWrap(int width, bool breaksLongWords, bool breaksAtHyphens)
{
    public List<string> Wrap(ref Frame frame, string line)
    {
        frame.AllocateText(2L * line.Length);
        var chunks = new Stack<string>((breaksAtHyphens ? Chunk() : SimpleChunk()).Matches(line).Select(match => match.Value).Reverse());
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            var current = new List<string>();
            if (lines.Count > 0 && string.IsNullOrWhiteSpace(chunks.Peek()))
                chunks.Pop();
            var used = Fill(chunks, current);
            if (chunks.Count > 0 && CodePoints.Count(chunks.Peek()) > width)
                BreakWord(ref frame, chunks, current, width - used);
            if (current.Count > 0 && string.IsNullOrWhiteSpace(current[^1]))
                current.RemoveAt(current.Count - 1);
            if (current.Count > 0)
                lines.Add(string.Concat(current));
        }

        return lines;
    }

    private int Fill(Stack<string> chunks, List<string> current)
    {
        var used = 0;
        while (chunks.TryPeek(out var chunk) && CodePoints.Count(chunk) <= width - used)
        {
            used += CodePoints.Count(chunk);
            current.Add(chunks.Pop());
        }

        return used;
    }

    /// <summary>Takes of a word that is wider than a line what fits here.</summary>
    private void BreakWord(ref Frame frame, Stack<string> chunks, List<string> current, int room)
    {
        if (!breaksLongWords)
        {
            if (current.Count == 0)
                current.Add(chunks.Pop());
            return;
        }

        // What is left of the word is copied each time: a long one must be paid for.
        var word = chunks.Pop();
        frame.AllocateText(word.Length);
        var end = CodePoints.Offset(word, room);
        var hyphen = breaksAtHyphens && end > 0 ? word.LastIndexOf('-', end - 1) : -1;
        if (hyphen > 0 && word.AsSpan(0, hyphen).ContainsAnyExcept('-'))
            end = hyphen + 1;

        // Also where nothing fits: as in textwrap, the empty part keeps the white space before it from being dropped.
        current.Add(word[..end]);
        chunks.Push(word[end..]);
    }

    [GeneratedRegex(@"[\t\n\v\f\r ]+|[^\t\n\v\f\r ]+", RegexOptions.CultureInvariant)]
    private static partial Regex SimpleChunk();

    // White space; or a dash between words; or a word up to a hyphen within it, to its end, or to a dash.
    [GeneratedRegex(
        """
        [\t\n\v\f\r\ ]+
        | (?<=[\w!"'&.,?]) -{2,} (?=\w)
        | [^\t\n\v\f\r\ ]+? (?:
            - (?: (?<=[^\d\W]{2}-) | (?<=[^\d\W]-[\w!"'&.,?]-) ) (?= [^\d\W] -? [^\d\W] )
            | (?=[\t\n\v\f\r\ ]|\z)
            | (?<=[\w!"'&.,?]) (?=-{2,}\w) )
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Chunk();
}

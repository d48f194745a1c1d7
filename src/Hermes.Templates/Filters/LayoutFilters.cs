using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters that fit a text into a width.</summary>
internal static class LayoutFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("center", [Optional("width", 80)], Center),
        new("indent", [Optional("width", 4), Optional("first", false), Optional("blank", false)], Indent),
        new("truncate", [Optional("length", 255), Optional("killwords", false), Optional("end", "..."), Optional("leeway", 5)], Truncate),
        new(
            "wordwrap",
            [Optional("width", 79), Optional("break_long_words", true), Optional("wrapstring", "\n"), Optional("break_on_hyphens", true)],
            Wrap),
    ];

    private static Value Center(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) =>
        Padding.Apply(ref frame, PythonText.Str(ref frame, input), Numbers.Integer(arguments[0], "The width"), " ", Alignment.Center);

    private static Value Indent(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var indent = arguments[0].TryGetString(out var given)
            ? given
            : Padding.Apply(ref frame, "", Numbers.Integer(arguments[0], "The width"), " ", Alignment.Left);
        var (first, blank) = (Truth.Of(arguments[1]), Truth.Of(arguments[2]));
        var text = PythonText.Str(ref frame, input);
        frame.AllocateText(text.Length);
        var lines = Lines.Of(ref frame, text + "\n");
        for (var i = 0; i < lines.Count; i++)
        {
            frame.AllocateText(2L * (indent.Length + lines[i].Length + 1));
            if (i == 0 ? first : blank || lines[i].Length > 0)
                lines[i] = indent + lines[i];
        }

        return string.Join('\n', lines);
    }

    private static Value Truncate(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        var length = Numbers.Integer(arguments[0], "The length");
        var end = PythonText.Str(ref frame, arguments[2]);
        var leeway = arguments[3].IsNull ? 5 : Numbers.Integer(arguments[3], "The leeway");
        var room = length - CodePoints.Count(end);
        if (room < 0 || leeway < 0)
            throw new TemplateFault("'truncate' needs a length that is at least that of the end, and a leeway that is not negative");
        if (CodePoints.Count(text) - length <= leeway)
            return text;

        frame.AllocateBuilt(text.Length + end.Length);
        var kept = text[..CodePoints.Offset(text, (int)Math.Min(room, text.Length))];
        if (!Truth.Of(arguments[1]) && kept.LastIndexOf(' ') is >= 0 and var space)
            kept = kept[..space];
        return kept + end;
    }

    private static Value Wrap(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var width = Numbers.Integer(arguments[0], "The width");
        if (width <= 0)
            throw new TemplateFault("The width must be above zero");
        var wrapping = new WordWrap((int)Math.Min(width, int.MaxValue), Truth.Of(arguments[1]), Truth.Of(arguments[3]));
        var lineBreak = arguments[2].IsNull ? "\n" : PythonText.Str(ref frame, arguments[2]);
        var result = new List<string>();
        foreach (var line in Lines.Of(ref frame, PythonText.Str(ref frame, input)))
        {
            var wrapped = wrapping.Wrap(ref frame, line);
            frame.AllocateItems(2 * wrapped.Count);
            result.AddRange(wrapped.Count == 0 ? [""] : wrapped);
        }

        frame.AllocateText(result.Sum(line => (long)line.Length + lineBreak.Length));
        return string.Join(lineBreak, result);
    }
}

/// <summary>Breaks a line into lines no wider than a width, where words end, as Python's textwrap does.</summary>
internal sealed partial class WordWrap(int width, bool breaksLongWords, bool breaksAtHyphens)
{
    public List<string> Wrap(ref Frame frame, string line)
    {
        var chunks = Chunks(ref frame, line);
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            frame.AllocateItems(4);
            var current = new List<string>();
            if (lines.Count > 0 && string.IsNullOrWhiteSpace(chunks.Peek()))
                chunks.Pop();
            var used = Fill(ref frame, chunks, current);
            if (chunks.Count > 0 && CodePoints.Count(chunks.Peek()) > width)
                BreakWord(ref frame, chunks, current, width - used);
            if (current.Count > 0 && string.IsNullOrWhiteSpace(current[^1]))
                current.RemoveAt(current.Count - 1);
            if (current.Count > 0)
                lines.Add(Joined(ref frame, current));
        }

        return lines;
    }

    private Stack<string> Chunks(ref Frame frame, string line)
    {
        var chunks = new List<string>();
        foreach (var match in (breaksAtHyphens ? Chunk() : SimpleChunk()).EnumerateMatches(line))
        {
            frame.AllocateItem();
            frame.AllocateText(match.Length);
            frame.Step(16L * match.Length);
            chunks.Add(line.Substring(match.Index, match.Length));
        }

        frame.AllocateItems(chunks.Count);
        chunks.Reverse();
        return new Stack<string>(chunks);
    }

    private static string Joined(ref Frame frame, List<string> parts)
    {
        frame.AllocateBuilt(parts.Sum(part => (long)part.Length));
        return string.Concat(parts);
    }

    private int Fill(ref Frame frame, Stack<string> chunks, List<string> current)
    {
        var used = 0;
        while (chunks.TryPeek(out var chunk) && CodePoints.Count(chunk) <= width - used)
        {
            used += CodePoints.Count(chunk);
            frame.AllocateItem();
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
        frame.AllocateText(room);
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

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>
/// A regular expression as Python writes it: with <c>(?P&lt;name&gt;...)</c>, groups numbered as they stand, and <c>\Z</c> for the very end. A match may take
/// what is left of the evaluation's time, and is charged as steps by how long it took: so a machine that is busy with other things between two matches lets no
/// template fail.
/// </summary>
internal sealed class PythonRegex
{
    private const int MaxLength = 4_096;
    private const int MaxKept = 512;
    private const long StepsPerMillisecond = 33_000;
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(100);

    private static readonly ConcurrentDictionary<(string Pattern, RegexOptions Options, TimeSpan Time), PythonRegex> Kept = new();

    private readonly string _pattern;
    private readonly RegexOptions _options;
    private readonly TimeSpan _longest;

    /// <summary>The expression with the longest time to match, half of it, a quarter, and so on.</summary>
    private readonly Regex?[] _byTime = new Regex?[12];

    private PythonRegex(string pattern, RegexOptions options, TimeSpan time)
    {
        ((_pattern, Names), _options, _longest) = (PythonPattern.Translate(pattern), options, time / 2 < LongestMatch ? time / 2 : LongestMatch);
        _byTime[0] = Make(_longest);
        GroupCount = _byTime[0]!.GetGroupNumbers().Length - 1;
    }

    /// <summary>The numbers of the groups that have names.</summary>
    public FrozenDictionary<string, int> Names { get; }

    /// <summary>How many groups there are, the whole match left out.</summary>
    public int GroupCount { get; }

    /// <exception cref="TemplateFault">The expression is not valid.</exception>
    public static PythonRegex Of(ref Frame frame, string pattern, bool ignoreCase, bool multiline)
    {
        var options = RegexOptions.CultureInvariant
            | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None) | (multiline ? RegexOptions.Multiline : RegexOptions.None);
        var key = (pattern, options, frame.MaxTime);
        if (Kept.TryGetValue(key, out var known))
            return known;
        if (pattern.Length > MaxLength)
            throw new TemplateFault($"A regular expression has {MaxLength} characters at most");
        frame.Step(20_000 + (100L * pattern.Length));
        frame.AllocateBytes(30_000 + (1_000L * pattern.Length));
        try
        {
            var made = new PythonRegex(pattern, options, frame.MaxTime);

            // Expressions are nearly always constants; ones that are computed must not fill the memory.
            if (Kept.Count < MaxKept)
                Kept.TryAdd(key, made);
            return made;
        }
        catch (ArgumentException)
        {
            throw new TemplateFault("The regular expression is not valid");
        }
    }

    /// <summary>The number of a group, given by its number or its name.</summary>
    /// <exception cref="TemplateFault">There is no such group.</exception>
    public int Group(ReadOnlySpan<char> group)
    {
        var isNumber = int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber && !Names.TryGetValue(group.ToString(), out number))
            number = -1;
        return number >= 0 && number <= GroupCount ? number : throw new TemplateFault("The regular expression has no such group");
    }

    /// <summary>Counts what the matches within one text take: the way back of a long one is kept while it is tried.</summary>
    public static void PayForSearch(ref Frame frame, string text) => frame.AllocateBytes(4_096 + (64L * text.Length));

    /// <summary>The first match from a place on.</summary>
    /// <exception cref="TemplateFault">It took too long.</exception>
    public Match Match(ref Frame frame, string text, int start = 0)
    {
        var left = frame.TimeLeft();
        var share = 0;
        while (share < _byTime.Length - 1 && _longest / (1L << share) > left)
            share++;
        frame.AllocateBytes(400 + (100L * GroupCount));
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var match = (_byTime[share] ??= Make(_longest / (1L << share))).Match(text, start);
            frame.Step((long)(Stopwatch.GetElapsedTime(begun).TotalMilliseconds * StepsPerMillisecond));
            return match;
        }
        catch (RegexMatchTimeoutException)
        {
            throw share > 0
                ? frame.TimeIsUp()
                : new TemplateFault($"A regular expression searches for longer than the {_longest.TotalMilliseconds} milliseconds allowed: it repeats what is repeated already");
        }
    }

    /// <summary>The next match behind one; null if there is none.</summary>
    public Match? Next(ref Frame frame, string text, Match match)
    {
        var start = match.Index + (match.Length > 0 ? match.Length : CodePoints.LengthAt(text, match.Index));
        return start <= text.Length && Match(ref frame, text, start) is { Success: true } next ? next : null;
    }

    private Regex Make(TimeSpan time) => new(_pattern, _options, TimeSpan.FromMilliseconds(Math.Clamp(time.TotalMilliseconds, 1, int.MaxValue - 1)));
}

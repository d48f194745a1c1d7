using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Text;

/// <summary>A text as a sequence of code points, as Python counts them: a character outside the basic plane is one, not two.</summary>
internal static class CodePoints
{
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    public static int Count(string text)
    {
        if (IsFlat(text))
            return text.Length;
        var count = 0;
        for (var i = 0; i < text.Length; i += LengthAt(text, i))
            count++;
        return count;
    }

    /// <summary>One character as a text; a negative index counts from the end; null if there is none.</summary>
    public static string? At(string text, long index)
    {
        if (index < 0)
            index += Count(text);
        if (index < 0 || index >= text.Length)
            return null;
        if (IsFlat(text))
            return text[(int)index].ToString();
        var start = Offset(text, (int)index);
        return start < text.Length ? text.Substring(start, LengthAt(text, start)) : null;
    }

    /// <summary>Where the code point of this number starts; the length of the text if there are fewer.</summary>
    public static int Offset(string text, int index)
    {
        if (IsFlat(text))
            return Math.Min(index, text.Length);
        var offset = 0;
        while (index-- > 0 && offset < text.Length)
            offset += LengthAt(text, offset);
        return offset;
    }

    public static Value[] Split(string text)
    {
        var result = new List<Value>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var length = LengthAt(text, i);
            result.Add(text.Substring(i, length));
            i += length;
        }

        return [.. result];
    }

    /// <param name="text">The text.</param>
    /// <param name="rangeOf">The range, given how many code points there are.</param>
    public static string Slice(string text, Func<int, SliceRange> rangeOf)
    {
        if (IsFlat(text))
        {
            var range = rangeOf(text.Length);
            return range.Step == 1 ? text.Substring(range.Count == 0 ? 0 : (int)range.Start, range.Count)
                : string.Create(range.Count, (text, range), static (span, source) =>
                {
                    var next = 0;
                    foreach (var index in source.range.Indexes())
                        span[next++] = source.text[index];
                });
        }

        var items = Split(text);
        return string.Concat(rangeOf(items.Length).Indexes().Select(index => items[index].AsString()));
    }

    /// <summary>Orders by code point. Ordinal order differs from it where one side has a surrogate.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[common], right[common]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }

    /// <summary>How many UTF-16 units the code point here takes.</summary>
    public static int LengthAt(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]) ? 2 : 1;

    /// <summary>The code point here; a lone surrogate counts as the replacement character.</summary>
    public static Rune RuneAt(string text, int index) => Rune.TryGetRuneAt(text, index, out var rune) ? rune : Rune.ReplacementChar;

    private static bool IsFlat(string text) => !text.AsSpan().ContainsAnyInRange(FirstSurrogate, LastSurrogate);
}

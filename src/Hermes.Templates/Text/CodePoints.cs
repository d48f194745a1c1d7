using System.Buffers;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Text;

/// <summary>A text as a sequence of code points, as Python counts them: a character outside the basic plane is one, not two.</summary>
internal static class CodePoints
{
    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);
    private static readonly string[] AsciiTexts = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

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
            return text[(int)index] < AsciiTexts.Length ? AsciiTexts[text[(int)index]] : text[(int)index].ToString();
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

    /// <summary>The characters, each as a text.</summary>
    public static Value[] Split(ref Frame frame, string text)
    {
        frame.AllocateItems(text.Length);
        if (!Ascii.IsValid(text))
            frame.AllocateBytes(32L * text.Length);
        var result = new Value[Count(text)];
        var start = 0;
        for (var i = 0; i < result.Length; i++)
        {
            var length = LengthAt(text, start);
            result[i] = text[start] < AsciiTexts.Length ? AsciiTexts[text[start]] : text.Substring(start, length);
            start += length;
        }

        return result;
    }

    /// <param name="frame">Pays for the work.</param>
    /// <param name="text">The text.</param>
    /// <param name="rangeOf">The range, given how many code points there are.</param>
    public static string Slice(ref Frame frame, string text, Func<int, SliceRange> rangeOf)
    {
        if (IsFlat(text))
        {
            var range = rangeOf(text.Length);
            frame.AllocateText(range.Count + (text.Length / 8));
            return range.Step == 1 ? text.Substring(range.Count == 0 ? 0 : (int)range.Start, range.Count)
                : string.Create(range.Count, (text, range), static (span, source) =>
                {
                    for (var i = 0; i < span.Length; i++)
                        span[i] = source.text[source.range.At(i)];
                });
        }

        var items = Split(ref frame, text);
        var chosen = rangeOf(items.Length);
        frame.AllocateBuilt(2L * chosen.Count);
        var result = new StringBuilder();
        for (var i = 0; i < chosen.Count; i++)
            result.Append(items[chosen.At(i)].AsString());
        return result.ToString();
    }

    /// <summary>Appends one code point.</summary>
    public static void Append(StringBuilder result, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        result.Append(units[..rune.EncodeToUtf16(units)]);
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

    private static bool IsFlat(string text) => !text.AsSpan().ContainsAny(Surrogates);
}

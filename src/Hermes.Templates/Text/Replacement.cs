using System.Text;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Replaces a part of a text by another, as Python's <c>replace</c>: the empty part is found between all characters.</summary>
internal static class Replacement
{
    /// <param name="frame">Pays for the work.</param>
    /// <param name="text">The text.</param>
    /// <param name="old">What is replaced.</param>
    /// <param name="replacement">What comes in its place.</param>
    /// <param name="count">How many times at most, from the left; negative: every time.</param>
    public static string Apply(ref Frame frame, string text, string old, string replacement, long count)
    {
        frame.AllocateBuilt(text.Length);
        if (count < 0)
            count = long.MaxValue;
        if (old.Length == 0)
            return BetweenAll(ref frame, text, replacement, count);

        StringBuilder? result = null;
        var position = 0;
        while (count-- > 0 && TextSearch.First(ref frame, text, old, position) is >= 0 and var found)
        {
            frame.AllocateBuilt(replacement.Length + 1);
            (result ??= new StringBuilder()).Append(text, position, found - position).Append(replacement);
            position = found + old.Length;
        }

        return result is null ? text : result.Append(text, position, text.Length - position).ToString();
    }

    private static string BetweenAll(ref Frame frame, string text, string replacement, long count)
    {
        var result = new StringBuilder();
        var position = 0;
        for (; count > 0; count--)
        {
            frame.AllocateBuilt(replacement.Length + 1);
            result.Append(replacement);
            if (position >= text.Length)
                break;
            var length = CodePoints.LengthAt(text, position);
            result.Append(text, position, length);
            position += length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}

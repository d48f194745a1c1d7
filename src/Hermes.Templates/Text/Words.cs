using System.Globalization;
using System.Text;

namespace Hermes.Templates.Text;

/// <summary>The words of a text.</summary>
internal static class Words
{
    /// <summary>How many runs of letters, digits and underscores there are.</summary>
    public static long Count(string text)
    {
        long count = 0;
        var inside = false;
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            var isWord = IsWord(CodePoints.RuneAt(text, i));
            if (isWord && !inside)
                count++;
            inside = isWord;
        }

        return count;
    }

    /// <summary>As Jinja's filter does: a word starts behind white space, a hyphen or an opening bracket.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = 0;
        while (start < text.Length)
        {
            var isBreak = IsBreak(text[start]);
            var end = start + 1;
            while (end < text.Length && IsBreak(text[end]) == isBreak)
                end++;
            if (isBreak)
                result.Append(text, start, end - start);
            else
                AppendWord(result, text, start, end);
            start = end;
        }

        return result.ToString();
    }

    /// <summary>Whether a character is part of a word in a regular expression of Python.</summary>
    public static bool IsWord(Rune rune) => rune.Value == '_' || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static void AppendWord(StringBuilder result, string text, int start, int end)
    {
        CaseMapping.AppendUpper(result, CodePoints.RuneAt(text, start));
        for (var i = start + CodePoints.LengthAt(text, start); i < end; i += CodePoints.LengthAt(text, i))
            CaseMapping.AppendLower(result, text, i);
    }

    private static bool IsBreak(char letter) => letter is '-' or '(' or '{' or '[' or '<' || Stripping.IsSpace(letter);
}

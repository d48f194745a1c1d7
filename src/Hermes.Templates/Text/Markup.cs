using System.Net;
using System.Text;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>HTML.</summary>
internal static class Markup
{
    public static string Escape(ref Frame frame, string text)
    {
        frame.AllocateBuilt(16 + text.Length);
        if (!text.AsSpan().ContainsAny("&<>\"'"))
            return text;
        var result = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            var escaped = letter switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&#34;", '\'' => "&#39;", _ => null };
            if (escaped is null)
            {
                result.Append(letter);
                continue;
            }

            frame.AllocateBuilt(escaped.Length);
            result.Append(escaped);
        }

        return result.ToString();
    }

    /// <summary>Takes comments and tags out, makes runs of white space one space, and reads character references.</summary>
    public static string WithoutTags(ref Frame frame, string text)
    {
        frame.AllocateBuilt(4L * text.Length);
        return WebUtility.HtmlDecode(
            string.Join(' ', Splitting.AtSpaces(ref frame, Without(Without(text, "<!--", "-->"), "<", ">"), long.MaxValue)));
    }

    private static string Without(string text, string opening, string closing)
    {
        var result = new StringBuilder();
        var position = 0;
        while (text.IndexOf(opening, position, StringComparison.Ordinal) is >= 0 and var start
               && text.IndexOf(closing, start + opening.Length, StringComparison.Ordinal) is >= 0 and var end)
        {
            result.Append(text, position, start - position);
            position = end + closing.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}

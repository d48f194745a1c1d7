using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Takes a text apart at a separator, or at runs of white space.</summary>
internal static class Splitting
{
    /// <param name="frame">Pays for the work.</param>
    /// <param name="text">The text.</param>
    /// <param name="separator">What stands between the parts; not empty.</param>
    /// <param name="limit">How many times it is split at most; the rest stays whole.</param>
    public static List<string> At(ref Frame frame, string text, string separator, long limit)
    {
        var parts = new List<string>();
        var start = 0;
        while (limit-- > 0 && TextSearch.First(ref frame, text, separator, start) is >= 0 and var found)
        {
            Add(ref frame, parts, text, start, found);
            start = found + separator.Length;
        }

        Add(ref frame, parts, text, start, text.Length);
        return parts;
    }

    /// <summary>As <see cref="At"/>, where the last separators count.</summary>
    public static List<string> FromRight(ref Frame frame, string text, string separator, long limit)
    {
        var parts = new List<string>();
        var end = text.Length;
        while (limit-- > 0 && TextSearch.Last(ref frame, text, separator, end) is >= 0 and var found)
        {
            Add(ref frame, parts, text, found + separator.Length, end);
            end = found;
        }

        Add(ref frame, parts, text, 0, end);
        parts.Reverse();
        return parts;
    }

    /// <summary>Empty parts vanish. If the limit is reached, the rest keeps the white space at its end.</summary>
    public static List<string> AtSpaces(ref Frame frame, string text, long limit)
    {
        var parts = new List<string>();
        for (var start = SkipSpaces(text, 0); start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !Stripping.IsSpace(text[end]))
                end++;
            if (limit-- <= 0)
                end = text.Length;
            Add(ref frame, parts, text, start, end);
            start = SkipSpaces(text, end);
        }

        return parts;
    }

    /// <summary>As <see cref="AtSpaces"/>, where the last runs count.</summary>
    public static List<string> AtSpacesFromRight(ref Frame frame, string text, long limit)
    {
        var parts = new List<string>();
        for (var end = SkipSpacesBack(text, text.Length); end > 0;)
        {
            var start = end;
            while (start > 0 && !Stripping.IsSpace(text[start - 1]))
                start--;
            if (limit-- <= 0)
                start = 0;
            Add(ref frame, parts, text, start, end);
            end = SkipSpacesBack(text, start);
        }

        parts.Reverse();
        return parts;
    }

    private static void Add(ref Frame frame, List<string> parts, string text, int start, int end)
    {
        frame.AllocateItem();
        frame.AllocateText(end - start);
        parts.Add(text[start..end]);
    }

    private static int SkipSpaces(string text, int index)
    {
        while (index < text.Length && Stripping.IsSpace(text[index]))
            index++;
        return index;
    }

    private static int SkipSpacesBack(string text, int index)
    {
        while (index > 0 && Stripping.IsSpace(text[index - 1]))
            index--;
        return index;
    }
}

using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Takes characters from the ends of a text: given ones, or white space.</summary>
internal static class Stripping
{
    private const int FewCharacters = 16;

    private delegate bool IsStripped(string text, int index);

    public static string Both(ref Frame frame, string text, string? characters)
    {
        var isStripped = Set(ref frame, characters);
        var start = Start(text, isStripped);
        return Part(ref frame, text, start, End(text, start, isStripped));
    }

    public static string Left(ref Frame frame, string text, string? characters) =>
        Part(ref frame, text, Start(text, Set(ref frame, characters)), text.Length);

    public static string Right(ref Frame frame, string text, string? characters) =>
        Part(ref frame, text, 0, End(text, 0, Set(ref frame, characters)));

    /// <summary>White space as Python knows it.</summary>
    public static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is >= '\x1C' and <= '\x1F';

    private static int Start(string text, IsStripped isStripped)
    {
        var start = 0;
        while (start < text.Length && isStripped(text, start))
            start += CodePoints.LengthAt(text, start);
        return start;
    }

    private static int End(string text, int start, IsStripped isStripped)
    {
        var end = text.Length;
        while (end > start)
        {
            var last = end > 1 && char.IsSurrogatePair(text[end - 2], text[end - 1]) ? end - 2 : end - 1;
            if (!isStripped(text, last))
                break;
            end = last;
        }

        return end;
    }

    private static string Part(ref Frame frame, string text, int start, int end)
    {
        if (end - start == text.Length)
            return text;
        frame.AllocateText(end - start);
        return text[start..end];
    }

    private static IsStripped Set(ref Frame frame, string? characters)
    {
        if (characters is null)
            return static (text, index) => IsSpace(text[index]);
        frame.AllocateText(64);
        if (characters.Length <= FewCharacters)
            return (text, index) => characters.AsSpan().Contains(text.AsSpan(index, CodePoints.LengthAt(text, index)), StringComparison.Ordinal);

        // Many characters are looked up, not searched through for each character of the text.
        var set = new HashSet<int>();
        for (var i = 0; i < characters.Length; i += CodePoints.LengthAt(characters, i))
        {
            frame.Step(2);
            if (set.Add(CodeAt(characters, i)))
                frame.AllocateItem();
        }

        return (text, index) => set.Contains(CodeAt(text, index));
    }

    private static int CodeAt(string text, int index) =>
        CodePoints.LengthAt(text, index) == 2 ? char.ConvertToUtf32(text[index], text[index + 1]) : text[index];
}

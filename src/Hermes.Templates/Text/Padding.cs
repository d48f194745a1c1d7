using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

internal enum Alignment
{
    Left,
    Right,

    /// <summary>In the middle, where an odd one goes to the side that str.center chooses.</summary>
    Center,

    /// <summary>In the middle, where an odd one goes to the right.</summary>
    Middle,
}

/// <summary>Fills a text up to a width.</summary>
internal static class Padding
{
    public static string Apply(ref Frame frame, string text, long width, string fill, Alignment alignment)
    {
        var missing = Math.Clamp(width, 0, int.MaxValue) - CodePoints.Count(text);
        if (missing <= 0)
            return text;
        frame.AllocateText(2 * (text.Length + (missing * fill.Length)));
        var left = alignment switch
        {
            Alignment.Left => 0,
            Alignment.Right => missing,
            Alignment.Middle => missing / 2,
            _ => (missing / 2) + (missing & width & 1), // Where the odd character goes is Python's rule.
        };
        return Repetition.Of(fill, left) + text + Repetition.Of(fill, missing - left);
    }
}

using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>
/// Looks for a part of a text. The framework's search compares the part at each place where it might begin: a long part in a long text is looked for in
/// windows, and paid for as if it had been compared at all places.
/// </summary>
internal static class TextSearch
{
    private const int ComparisonsAtOnce = 200_000;
    private const int ComparisonsInStep = 64;

    /// <summary>Where the part begins first, from a place on; -1 if nowhere.</summary>
    public static int First(ref Frame frame, string text, string part, int start = 0)
    {
        if ((long)(text.Length - start) * part.Length <= ComparisonsAtOnce)
            return text.IndexOf(part, start, StringComparison.Ordinal);
        var window = Window(part);
        for (; start + part.Length <= text.Length; start += window)
        {
            var found = text.IndexOf(part, start, Math.Min(window + part.Length - 1, text.Length - start), StringComparison.Ordinal);
            Pay(ref frame, found < 0 ? window : found - start, part);
            if (found >= 0)
                return found;
        }

        return -1;
    }

    /// <summary>Where the part begins last, before an end; -1 if nowhere.</summary>
    public static int Last(ref Frame frame, string text, string part, int end)
    {
        if ((long)end * part.Length <= ComparisonsAtOnce)
            return text.AsSpan(0, end).LastIndexOf(part);
        var window = Window(part);
        for (; end >= part.Length; end -= window)
        {
            var start = Math.Max(0, end - window - part.Length + 1);
            var found = text.AsSpan(start, end - start).LastIndexOf(part);
            Pay(ref frame, found < 0 ? window : end - start - part.Length - found, part);
            if (found >= 0)
                return start + found;
        }

        return -1;
    }

    /// <summary>How many places hold the part, where none overlap.</summary>
    public static long Count(ref Frame frame, string text, string part)
    {
        long count = 0;
        for (var start = First(ref frame, text, part); start >= 0; start = First(ref frame, text, part, start + part.Length))
        {
            frame.Step(1);
            count++;
        }

        return count;
    }

    private static void Pay(ref Frame frame, long places, string part) => frame.Step(1 + (places * part.Length / ComparisonsInStep));

    private static int Window(string part) => Math.Max(64, ComparisonsAtOnce / part.Length);
}

namespace Hermes.Templates.Text;

/// <summary>A text many times over.</summary>
internal static class Repetition
{
    /// <param name="text">The text.</param>
    /// <param name="count">How many times; the caller has paid for the length.</param>
    public static string Of(string text, long count) => text.Length == 0 || count <= 0 ? ""
        : string.Create(checked((int)(text.Length * count)), text, static (span, text) =>
        {
            if (text.Length == 1)
            {
                span.Fill(text[0]);
                return;
            }

            // What is there already is copied, so that a short text is not copied many times.
            text.CopyTo(span);
            for (var filled = text.Length; filled < span.Length; filled *= 2)
                span[..Math.Min(filled, span.Length - filled)].CopyTo(span[filled..]);
        });
}

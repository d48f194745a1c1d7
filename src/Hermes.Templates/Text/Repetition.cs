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

            for (var i = 0; i < span.Length; i += text.Length)
                text.CopyTo(span[i..]);
        });
}

using System.Text;

namespace Hermes.PostgreSql.ClientState;

/// <summary>Texts for people, such as what a target said of an error, as PostgreSQL takes them.</summary>
internal static class StoredText
{
    /// <summary>The text without what no text in PostgreSQL may hold: U+0000, and halves of surrogate pairs.</summary>
    public static string? Of(string? text) =>
        text is null || (!text.Contains('\0') && IsWellFormed(text)) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[length..];
        }

        return true;
    }
}

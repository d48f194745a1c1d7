namespace Hermes.ServerRuntime.Diagnostics;

/// <summary>Cuts texts that go to logs, status and notifications.</summary>
internal static class ShortText
{
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return $"{text.AsSpan(0, end)}... ({text.Length} characters)";
    }
}

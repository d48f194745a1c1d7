using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Events.Json;

/// <summary>Reads names, each as the one string that all events share.</summary>
internal static class SharedName
{
    // In bytes as they stand in the message: escapes only shorten.
    private const int LongestName = 64;

    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestName)
            return reader.GetString()!;
        Span<char> name = stackalloc char[LongestName];
        return SharedNames.Get(name[..reader.CopyString(name)]);
    }
}

using System.Collections.Concurrent;
using System.Text.Json;

namespace Hermes.Events.Json;

/// <summary>Gives the same string for the same name, because all events of a type carry the same few names. Bounded, since names come from the bus.</summary>
internal static class NameTable
{
    private const int LongestName = 64;
    private const int MostNames = 10_000;

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestName)
            return reader.GetString()!;

        Span<char> name = stackalloc char[LongestName];
        name = name[..reader.CopyString(name)];
        if (Lookup.TryGetValue(name, out var known))
            return known;

        var added = name.ToString();
        return Names.Count < MostNames ? Names.GetOrAdd(added, added) : added;
    }
}

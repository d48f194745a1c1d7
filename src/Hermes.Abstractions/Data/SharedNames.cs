using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Unicode;

namespace Hermes.Abstractions.Data;

/// <summary>
/// Gives the same string for the same name, for decoders: all entries of a type carry the same few names. Bounded, since names come from
/// outside: one longer than 64 characters, or more than 10,000 of them, are not kept. Safe to use from several threads.
/// </summary>
public static class SharedNames
{
    private const int LongestName = 64;
    private const int MostNames = 10_000;

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The string of a name.</summary>
    public static string Get(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName)
            return name.ToString();
        if (Lookup.TryGetValue(name, out var known))
            return known;
        var added = name.ToString();
        return Names.Count < MostNames ? Names.GetOrAdd(added, added) : added;
    }

    /// <summary>The string of a name in UTF-8; what is not UTF-8 in it becomes U+FFFD.</summary>
    public static string Get(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[LongestName];
        return Utf8.ToUtf16(name, text, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            ? Get(text[..length])
            : Encoding.UTF8.GetString(name);
    }
}

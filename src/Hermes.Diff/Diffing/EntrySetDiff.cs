using Hermes.Abstractions.Data;

namespace Hermes.Diff.Diffing;

/// <summary>The difference between two sets of entries.</summary>
public static class EntrySetDiff
{
    /// <summary>
    /// What turns the one set into the other: the added and the modified entries in the order of <paramref name="current"/>, and then the
    /// removed ones in the order of <paramref name="old"/>.
    /// </summary>
    /// <param name="old">The entries before.</param>
    /// <param name="current">The entries after.</param>
    /// <param name="keyOf">Gives the key of an entry.</param>
    /// <exception cref="ArgumentException">A key stands twice in one of the sets.</exception>
    public static IReadOnlyList<EntryDifference> Between(IEnumerable<Entry> old, IEnumerable<Entry> current, Func<Entry, EntryKey> keyOf)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(keyOf);

        var differences = new List<EntryDifference>();
        var left = new OrderedDictionary<EntryKey, Entry>();
        foreach (var entry in old)
            left.Add(keyOf(entry), entry);

        var seen = new HashSet<EntryKey>();
        foreach (var entry in current)
        {
            var key = keyOf(entry);
            if (!seen.Add(key))
                throw new ArgumentException($"The key {key} stands twice.", nameof(current));
            if (!left.Remove(key, out var before))
                differences.Add(new EntryDifference(key, null, entry, AttributeDiff.Between(Entry.Empty, entry)));
            else if (AttributeDiff.Between(before, entry) is { IsEmpty: false } changes)
                differences.Add(new EntryDifference(key, before, entry, changes));
        }

        differences.AddRange(left.Select(item => new EntryDifference(item.Key, item.Value, null, AttributeDiff.Between(item.Value, Entry.Empty))));
        return differences;
    }
}

namespace CampusDirectory;

/// <summary>Entries of a directory: for each name, its lines <c>attribute: value</c> in ordinal order.</summary>
internal sealed class DirectoryEntries : SortedDictionary<string, SortedSet<string>>
{
    public DirectoryEntries()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>Adds an entry; attributes that have no value are left out.</summary>
    public void Add(string dn, IEnumerable<(string Name, string? Value)> attributes) => Add(dn, new SortedSet<string>(
        attributes.Where(attribute => attribute.Value is not null).Select(attribute => $"{attribute.Name}: {attribute.Value}"),
        StringComparer.Ordinal));

    /// <summary>What to do to come from one content to another: entries that differ, each with the lines to take away and to add.</summary>
    public static IEnumerable<EntryDifference> Difference(DirectoryEntries before, DirectoryEntries after) =>
        from dn in before.Keys.Union(after.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
        let old = before.GetValueOrDefault(dn, [])
        let @new = after.GetValueOrDefault(dn, [])
        where !old.SetEquals(@new)
        select new EntryDifference(dn, [.. old.Except(@new)], [.. @new.Except(old)], !before.ContainsKey(dn), !after.ContainsKey(dn));
}

/// <summary>How an entry differs from what it was, or should be.</summary>
internal sealed record EntryDifference(string Dn, IReadOnlyList<string> Less, IReadOnlyList<string> More, bool IsNew, bool IsGone);

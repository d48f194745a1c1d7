namespace Hermes.PostgreSql.ClientState;

/// <summary>Changes of rows that can be written by one statement for what is deleted and one, after it, for what is put.</summary>
/// <param name="Deleted">The keys of rows to be deleted.</param>
/// <param name="Put">The rows to be put, of each key one.</param>
internal sealed record WriteSegment<TKey, TItem>(IReadOnlyCollection<TKey> Deleted, IReadOnlyList<TItem> Put);

/// <summary>
/// Divides changes in their order into as few segments as their meaning allows: the last change of a row counts, a row that is put again keeps its place, and one
/// that was deleted in between gets a new one.
/// </summary>
internal static class WriteSegments
{
    public static IEnumerable<WriteSegment<TKey, TItem>> Of<TKey, TItem>(IReadOnlyList<TItem> changes, Func<TItem, TKey> keyOf, Func<TItem, bool> isGone)
        where TKey : notnull
    {
        var (deleted, put, places) = (new HashSet<TKey>(), new List<(TItem Item, bool IsThere)>(), new Dictionary<TKey, int>());
        foreach (var change in changes)
        {
            var key = keyOf(change);
            if (isGone(change))
            {
                if (places.Remove(key, out var place))
                    put[place] = default;
                deleted.Add(key);
                continue;
            }

            if (deleted.Contains(key))
            {
                yield return Segment();
                (deleted, put, places) = ([], [], []);
            }

            if (places.TryGetValue(key, out var known))
            {
                put[known] = (change, true);
            }
            else
            {
                places.Add(key, put.Count);
                put.Add((change, true));
            }
        }

        if (deleted.Count > 0 || put.Count > 0)
            yield return Segment();

        WriteSegment<TKey, TItem> Segment() => new(deleted, [.. put.Where(row => row.IsThere).Select(row => row.Item)]);
    }
}

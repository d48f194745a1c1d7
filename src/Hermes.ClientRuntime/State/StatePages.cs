namespace Hermes.ClientRuntime.State;

/// <summary>
/// Goes through all entries of a type, a page at a time. Entries may be put while it runs; new ones may or may not be met.
/// </summary>
internal static class StatePages
{
    private const int PageSize = 500;

    public static IEnumerable<StoredEntry> Read(IClientState state, EntryTable table, EntryScope scope = EntryScope.All)
    {
        long after = 0;
        IReadOnlyList<NumberedEntry> page;
        do
        {
            page = state.Read(table, scope, after, PageSize);
            foreach (var (number, entry) in page)
            {
                after = number;
                yield return entry;
            }
        }
        while (page.Count == PageSize);
    }
}

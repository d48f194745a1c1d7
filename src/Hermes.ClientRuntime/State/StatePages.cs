namespace Hermes.ClientRuntime.State;

/// <summary>
/// Goes through what a state keeps, a page at a time. It may be written to meanwhile; what is new may or may not be met.
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

    /// <summary>Goes through the error queue in the same way.</summary>
    public static IEnumerable<QueuedEvent> ReadQueue(IClientState state)
    {
        long after = 0;
        IReadOnlyList<QueuedEvent> page;
        do
        {
            page = state.ReadQueue(after, PageSize);
            foreach (var queued in page)
            {
                after = queued.Number;
                yield return queued;
            }
        }
        while (page.Count == PageSize);
    }
}

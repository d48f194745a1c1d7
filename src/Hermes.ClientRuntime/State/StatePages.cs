namespace Hermes.ClientRuntime.State;

/// <summary>
/// Goes through what a state keeps, a page at a time. It may be written to meanwhile; what is new may or may not be met.
/// </summary>
internal static class StatePages
{
    private const int PageSize = 500;

    public static IEnumerable<StoredEntry> Read(IClientState state, EntryTable table, EntryScope scope = EntryScope.All) =>
        Pages(after => state.Read(table, scope, after, PageSize), static numbered => numbered.Number).Select(static numbered => numbered.Entry);

    /// <summary>Goes through the error queue in the same way.</summary>
    public static IEnumerable<QueuedEvent> ReadQueue(IClientState state) =>
        Pages(after => state.ReadQueue(after, PageSize), static queued => queued.Number);

    private static IEnumerable<T> Pages<T>(Func<long, IReadOnlyList<T>> read, Func<T, long> number)
    {
        long after = 0;
        IReadOnlyList<T> page;
        do
        {
            page = read(after);
            foreach (var item in page)
            {
                after = number(item);
                yield return item;
            }
        }
        while (page.Count == PageSize);
    }
}

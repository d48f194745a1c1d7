namespace Hermes.ClientRuntime.State;

/// <summary>
/// Goes through what a state keeps, a page at a time. It may be written to meanwhile; what is new may or may not be met. The working set
/// forgets its entries at each page, so that it stays small however many there are.
/// </summary>
internal static class StatePages
{
    private const int PageSize = 500;

    public static async IAsyncEnumerable<StoredEntry> ReadAsync(WorkingSet work, EntryTable table, EntryScope scope = EntryScope.All)
    {
        await foreach (var page in ReadPagesAsync(work, table, scope))
        {
            foreach (var numbered in page)
                yield return numbered.Entry;
        }
    }

    /// <summary>As <see cref="ReadAsync"/>, for those who do something with a whole page at once.</summary>
    public static IAsyncEnumerable<IReadOnlyList<NumberedEntry>> ReadPagesAsync(WorkingSet work, EntryTable table, EntryScope scope) => PagesAsync(
        work, after => work.State.ReadAsync(table, scope, after, PageSize, CancellationToken.None), static numbered => numbered.Number);

    /// <summary>Goes through the error queue in the same way.</summary>
    public static async IAsyncEnumerable<QueuedEvent> ReadQueueAsync(WorkingSet work)
    {
        await foreach (var page in PagesAsync(work, after => work.State.ReadQueueAsync(after, PageSize, CancellationToken.None), static queued => queued.Number))
        {
            foreach (var queued in page)
                yield return queued;
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(WorkingSet work, Func<long, ValueTask<IReadOnlyList<T>>> read, Func<T, long> number)
    {
        long after = 0;
        IReadOnlyList<T> page;
        do
        {
            await work.ForgetAsync();
            page = await read(after);
            if (page.Count == 0)
                yield break;
            after = number(page[^1]);
            yield return page;
        }
        while (page.Count == PageSize);
    }
}

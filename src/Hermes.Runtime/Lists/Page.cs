using System.Collections.Immutable;

namespace Hermes.Runtime.Lists;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">
/// The items, in the order of the list. There may be fewer than asked for, even none, although more follow: who looks for something that is rare is answered in between.
/// </param>
/// <param name="Next">
/// Where the next page begins; null at the end of the list. It stays valid while the list changes: what is there before and after is met once, and what comes or leaves
/// meanwhile may be met or not.
/// </param>
/// <param name="Total">How many items the filter means, on all pages; null if that was not asked.</param>
public sealed record Page<T>(ImmutableArray<T> Items, string? Next, long? Total)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Items.Length} items{(Total is { } total ? $" of {total}" : "")}{(Next is null ? "" : ", more follow")}";
}

/// <summary>Goes through lists, page by page.</summary>
public static class Pages
{
    /// <summary>All items of a list, in its order. Each page is asked for when the one before it is used up.</summary>
    /// <param name="list">Asks for a page, such as <c>query => control.ListErrorQueueAsync(query)</c>.</param>
    /// <param name="query">Which items, how many at once, and where to begin. Default: all.</param>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(Func<ListQuery, Task<Page<T>>> list, ListQuery? query = null)
    {
        ArgumentNullException.ThrowIfNull(list);
        var next = query ?? ListQuery.First with { Size = ListQuery.MaxSize };
        while (true)
        {
            var page = await list(next);
            foreach (var item in page.Items)
                yield return item;
            if (page.Next is null)
                yield break;
            next = next with { Cursor = page.Next, WithTotal = false };
        }
    }
}

using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace Hermes.Runtime.Lists;

/// <summary>Some of the rows of a list that were looked for.</summary>
/// <param name="Rows">Those that a filter means.</param>
/// <param name="Next">Where to go on; null at the end of the list.</param>
internal sealed record Stretch<TRow>(IReadOnlyList<TRow> Rows, string? Next)
{
    public static Stretch<TRow> None { get; } = new([], null);

    /// <summary>All stretches of a list.</summary>
    /// <param name="find">Finds the one behind a place.</param>
    public static async IAsyncEnumerable<Stretch<TRow>> ReadAllAsync(Func<string?, Task<Stretch<TRow>>> find)
    {
        string? next = null;
        do
        {
            var stretch = await find(next);
            yield return stretch;
            next = stretch.Next;
        }
        while (next is not null);
    }

    /// <summary>How many rows all stretches of a list have.</summary>
    /// <param name="find">Finds the one behind a place.</param>
    public static async Task<long> CountAsync(Func<string?, Task<Stretch<TRow>>> find)
    {
        var count = 0L;
        await foreach (var stretch in ReadAllAsync(find))
            count += stretch.Rows.Count;
        return count;
    }
}

/// <summary>Reads a list a page at a time, each in stretches short enough to let others have their turn in between.</summary>
/// <param name="rules">What can be asked.</param>
/// <param name="find">Looks at some rows behind a place, null for the beginning, and returns those that are meant, so many at most.</param>
/// <param name="time">The clock.</param>
internal sealed class ListReader<T>(ListRules rules, Func<ListFilter, string?, int, Task<Stretch<T>>> find, TimeProvider time)
{
    // Who looks for something that is rare is answered by then with what was found.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Counts what is meant without making it up; null if that is no cheaper.</summary>
    public Func<ListFilter, Task<long>>? Count { get; init; }

    /// <exception cref="ArgumentException">The list does not have what the query asks for, or the cursor is not one of its own.</exception>
    public async Task<Page<T>> ReadAsync(ListQuery? query)
    {
        query ??= ListQuery.First;
        rules.Check(query);
        var (next, start) = (Open(query.Cursor), time.GetTimestamp());
        var items = ImmutableArray.CreateBuilder<T>();
        do
        {
            var stretch = await find(query.Filter, next, query.Size - items.Count);
            items.AddRange(stretch.Rows);
            next = stretch.Next;
        }
        while (next is not null && items.Count < query.Size && time.GetElapsedTime(start) < Patience);
        long? total = query.WithTotal ? await (Count ?? CountAsync)(query.Filter) : null;
        return new Page<T>(items.DrainToImmutable(), next is null ? null : Close(next), total);
    }

    private Task<long> CountAsync(ListFilter filter) => Stretch<T>.CountAsync(place => find(filter, place, int.MaxValue));

    private string Close(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{rules.Name}\n{place}"));

    private string? Open(string? cursor)
    {
        if (cursor is null)
            return null;
        var text = Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : "";
        return text.StartsWith(rules.Name + "\n", StringComparison.Ordinal)
            ? text[(rules.Name.Length + 1)..]
            : throw new ArgumentException($"The cursor is not one of {rules.Name}: give back what the page before told, as it was.");
    }
}

/// <summary>Places in a list whose items have numbers.</summary>
internal static class NumberedPlace
{
    /// <exception cref="ArgumentException">The place is none.</exception>
    public static long Read(string? place, long beginning = 0) => place is null ? beginning
        : long.TryParse(place, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException("The cursor is damaged: give back what the page before told, as it was.");

    /// <summary>A page of a list that is short enough to be made up as a whole.</summary>
    public static Stretch<T> Page<T>(IReadOnlyList<T> all, string? place, int room)
    {
        var (first, end) = (Read(place), Read(place) + room);
        return new([.. all.Skip((int)first).Take(room)], end < all.Count ? Of(end) : null);
    }

    public static string Of(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Control;

/// <summary>Looks for entries in tables of the state, in the order in which they came, a stretch at a time.</summary>
internal static class TableList
{
    // About ten milliseconds.
    private const int Looked = 2000;

    /// <summary>What is meant of a stretch of a table.</summary>
    /// <param name="session">The session.</param>
    /// <param name="table">The table.</param>
    /// <param name="scope">Which of its entries.</param>
    /// <param name="means">Whether one is meant.</param>
    /// <param name="after">The number after which the stretch begins.</param>
    /// <param name="room">How many at most.</param>
    public static async ValueTask<(IReadOnlyList<NumberedEntry> Rows, long? Next)> LookAsync(
        ClientSession session, EntryTable table, EntryScope scope, Func<StoredEntry, bool> means, long after, int room)
    {
        var (found, last) = (new List<NumberedEntry>(), after);
        var page = await session.Written.LookAtPageAsync(table, scope, after, Looked);
        foreach (var row in page)
        {
            last = row.Number;
            if (!means(row.Entry))
                continue;
            found.Add(row);
            if (found.Count == room)
                break;
        }

        return (found, page.Count == Looked || (page.Count > 0 && last != page[^1].Number) ? last : null);
    }

    /// <summary>As <see cref="LookAsync"/>, for one table; an entry whose key is known is looked up.</summary>
    public static async ValueTask<Stretch<T>> FindAsync<T>(
        ClientSession session, EntryTable table, EntryKey? key, Func<StoredEntry, bool> means, Func<StoredEntry, T> show, string? place, int room)
    {
        if (key is { } known)
        {
            var entry = await session.FindAsync(table, known);
            return new(!entry.IsGone && means(entry) ? [show(entry)] : [], null);
        }

        var (rows, next) = await LookAsync(session, table, EntryScope.All, means, NumberedPlace.Read(place), room);
        return new([.. rows.Select(row => show(row.Entry))], next is { } number ? NumberedPlace.Of(number) : null);
    }
}

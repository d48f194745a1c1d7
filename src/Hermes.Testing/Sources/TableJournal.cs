using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Sources;

/// <summary>The changes of a table since its feed was read first. Used under the lock of the table.</summary>
internal sealed class TableJournal(RowColumns columns)
{
    private static long _journals;

    private readonly long _id = Interlocked.Increment(ref _journals);
    private readonly List<(Value[] Row, bool IsDeleted)> _changes = [];

    public void Changed(Value[] row) => _changes.Add((row, false));

    public void Deleted(Value[] row) => _changes.Add((row, true));

    /// <exception cref="CursorNotAcceptedException">The cursor is not of this journal.</exception>
    public IReadOnlyList<FeedItem> Since(string? cursor, IReadOnlyList<string> key, bool tellsDeletions)
    {
        var from = cursor is null ? _changes.Count : Parse(cursor);
        var last = new OrderedDictionary<EntryKey, (Value[] Row, bool IsDeleted)>();
        int[] keyColumns = [.. key.Select(columns.IndexOf)];
        foreach (var change in _changes.Skip(from))
        {
            var row = EntryKey.Of(ValueOf(change.Row));
            last.Remove(row);
            last.Add(row, change);
        }

        Value ValueOf(Value[] row) => keyColumns is [var only] ? row[only] : ValueList.Create([.. keyColumns.Select(column => row[column])]);

        var keyNames = new RowColumns(key);
        var items = last.Values
            .Where(change => tellsDeletions || !change.IsDeleted)
            .Select(change => change.IsDeleted
                ? (FeedItem)new RowDeleted(new SourceRow(keyNames, [.. keyColumns.Select(column => change.Row[column])]))
                : new RowChanged(new SourceRow(columns, change.Row)));
        return [.. items, new FeedCursor(string.Create(CultureInfo.InvariantCulture, $"{_id}:{_changes.Count}"))];
    }

    private int Parse(string cursor)
    {
        if (cursor.Split(':') is [var id, var number]
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var journal)
            && journal == _id
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= _changes.Count)
        {
            return count;
        }

        throw new CursorNotAcceptedException($"The in-memory feed has no cursor '{cursor}', or has forgotten it. Fetch all rows, and begin anew.");
    }
}

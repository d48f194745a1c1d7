using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Sources;

/// <summary>
/// What one query of an <see cref="InMemorySource"/> returns. Change it as a database's users would. Safe for use by many threads.
/// </summary>
public sealed class InMemoryTable
{
    private readonly Lock _gate = new();
    private readonly RowColumns _columns;
    private readonly List<Value[]> _rows = [];
    private TableJournal? _journal;
    private long? _announced;
    private int _failsAfter = -1;
    private Exception? _failure;

    internal InMemoryTable(IEnumerable<string> columns) => _columns = new RowColumns(columns);

    /// <summary>How many rows there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _rows.Count;
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">One value per column; <see cref="Value.Null"/> for a column that is not set.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    public InMemoryTable Add(params ReadOnlySpan<Value> values)
    {
        Value[] row = [.. values];
        Check(row);
        lock (_gate)
            Append(row);
        return this;
    }

    /// <summary>Puts these rows in place of all that there are, at once: who reads meanwhile gets either.</summary>
    /// <param name="rows">The rows, with one value per column each; <see cref="Value.Null"/> for a column that is not set.</param>
    /// <exception cref="ArgumentException">A row has more or fewer values than there are columns.</exception>
    public InMemoryTable Replace(IEnumerable<Value[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Value[][] replacing = [.. rows.Select(row => row.ToArray())];
        Array.ForEach(replacing, Check);
        lock (_gate)
        {
            Remove(_ => true);
            Array.ForEach(replacing, Append);
        }

        return this;
    }

    /// <summary>Sets a column of all rows whose first column has this value.</summary>
    /// <returns>How many rows that were.</returns>
    public int Set(Value first, string column, Value value)
    {
        var at = _columns.IndexOf(column);
        if (at < 0)
            throw new ArgumentException($"There is no column '{column}'.", nameof(column));
        lock (_gate)
        {
            var count = 0;
            for (var i = 0; i < _rows.Count; i++)
            {
                if (_rows[i][0] != first)
                    continue;
                // Rows that were handed out must not change.
                _rows[i] = [.. _rows[i]];
                _rows[i][at] = value;
                _journal?.Changed(_rows[i]);
                count++;
            }

            return count;
        }
    }

    /// <summary>Removes all rows whose first columns have these values.</summary>
    /// <returns>How many rows that were.</returns>
    public int Remove(params ReadOnlySpan<Value> first)
    {
        var wanted = first.ToArray();
        lock (_gate)
            return Remove(row => row.AsSpan(0, wanted.Length).SequenceEqual(wanted));
    }

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        lock (_gate)
            Remove(_ => true);
    }

    /// <summary>
    /// Lets the source announce this many rows; a read that returns another number of them fails. Null announces nothing.
    /// </summary>
    public void Announce(long? count)
    {
        lock (_gate)
            _announced = count;
    }

    /// <summary>Lets reads fail after this many rows, until <see cref="Recover"/>.</summary>
    /// <param name="after">How many rows come before; 0 to fail at once.</param>
    /// <param name="exception">What is thrown; by default a transient <see cref="SourceException"/>.</param>
    public void Fail(int after = 0, Exception? exception = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        lock (_gate)
            (_failsAfter, _failure) = (after, exception ?? new SourceException("The source broke off, as the test told it to.", Abstractions.FaultKind.Transient));
    }

    /// <summary>Lets reads succeed again.</summary>
    public void Recover()
    {
        lock (_gate)
            (_failsAfter, _failure) = (-1, null);
    }

    /// <summary>What changed since a cursor of a feed, and the cursor of now.</summary>
    /// <exception cref="CursorNotAcceptedException">It is not a cursor of this table, or it was forgotten.</exception>
    internal (IReadOnlyList<FeedItem> Items, Exception? Failure) ReadChanges(string? cursor, IReadOnlyList<string> key, bool tellsDeletions)
    {
        lock (_gate)
        {
            _journal ??= new TableJournal(_columns);
            var items = _journal.Since(cursor, key, tellsDeletions);
            return (_failure is null ? items : [.. items.SkipLast(1).Take(_failsAfter)], _failure);
        }
    }

    internal void ForgetCursors()
    {
        lock (_gate)
            _journal = null;
    }

    internal (SourceRow[] Rows, long? Announced, Exception? Failure) Read()
    {
        lock (_gate)
        {
            var returned = _failure is null ? _rows : _rows.Take(_failsAfter);
            return ([.. returned.Select(row => new SourceRow(_columns, row))], _announced, _failure);
        }
    }

    private void Check(Value[] row)
    {
        if (row.Length != _columns.Count)
            throw new ArgumentException($"The table has the columns {string.Join(", ", _columns.Names)}; the row has {row.Length} values.");
    }

    private void Append(Value[] row)
    {
        _rows.Add(row);
        _journal?.Changed(row);
    }

    private int Remove(Predicate<Value[]> which)
    {
        foreach (var row in _rows.Where(row => which(row)))
            _journal?.Deleted(row);
        return _rows.RemoveAll(which);
    }
}

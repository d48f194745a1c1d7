using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Sources;

/// <summary>
/// What one query of an <see cref="InMemorySource"/> returns. Change it as a database's users would. Safe for use by many threads.
/// </summary>
public sealed class InMemoryTable
{
    private readonly Lock gate = new();
    private readonly RowColumns columns;
    private readonly List<Value[]> rows = [];
    private long? announced;
    private int failsAfter = -1;
    private Exception? failure;

    internal InMemoryTable(IEnumerable<string> columns) => this.columns = new RowColumns(columns);

    /// <summary>How many rows there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return rows.Count;
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">One value per column; <see cref="Value.Null"/> for a column that is not set.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    public InMemoryTable Add(params ReadOnlySpan<Value> values)
    {
        if (values.Length != columns.Count)
            throw new ArgumentException($"The table has the columns {string.Join(", ", columns.Names)}; the row has {values.Length} values.", nameof(values));
        lock (gate)
            rows.Add(values.ToArray());
        return this;
    }

    /// <summary>Sets a column of all rows whose first column has this value.</summary>
    /// <returns>How many rows that were.</returns>
    public int Set(Value first, string column, Value value)
    {
        var at = columns.IndexOf(column);
        if (at < 0)
            throw new ArgumentException($"There is no column '{column}'.", nameof(column));
        lock (gate)
        {
            var count = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i][0] != first)
                    continue;
                // Rows that were handed out must not change.
                rows[i] = [.. rows[i]];
                rows[i][at] = value;
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
        lock (gate)
            return rows.RemoveAll(row => row.AsSpan(0, wanted.Length).SequenceEqual(wanted));
    }

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        lock (gate)
            rows.Clear();
    }

    /// <summary>
    /// Lets the source announce this many rows; a read that returns another number of them fails. Null announces nothing.
    /// </summary>
    public void Announce(long? count)
    {
        lock (gate)
            announced = count;
    }

    /// <summary>Lets reads fail after this many rows, until <see cref="Recover"/>.</summary>
    /// <param name="after">How many rows come before; 0 to fail at once.</param>
    /// <param name="exception">What is thrown; by default a transient <see cref="SourceException"/>.</param>
    public void Fail(int after = 0, Exception? exception = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        lock (gate)
            (failsAfter, failure) = (after, exception ?? new SourceException("The source broke off, as the test told it to.", Abstractions.FaultKind.Transient));
    }

    /// <summary>Lets reads succeed again.</summary>
    public void Recover()
    {
        lock (gate)
            (failsAfter, failure) = (-1, null);
    }

    internal (SourceRow[] Rows, long? Announced, Exception? Failure) Read()
    {
        lock (gate)
        {
            var returned = failure is null ? rows : rows.Take(failsAfter);
            return ([.. returned.Select(row => new SourceRow(columns, row))], announced, failure);
        }
    }
}

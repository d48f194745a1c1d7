using System.Data.Common;
using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Connections;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Target;

/// <summary>One transaction about one row.</summary>
internal sealed class RowSession(SqlDatabase database, DbConnection connection, DbTransaction transaction, Dialect dialect, TableMap map, EntryKey key)
{
    /// <summary>Makes the row what the entry says, whether it is there already or not. A secret that the entry does not have stays.</summary>
    public Task PutAsync(Entry entry, CancellationToken cancellationToken) => UpsertAsync([.. map.Row(entry)], entry, cancellationToken);

    /// <summary>Writes the columns that changed; the whole row if it is not there.</summary>
    public async Task ChangeAsync(EntryModified change, CancellationToken cancellationToken)
    {
        List<(string Column, Value Value)> cells = [.. map.Changed(change)];
        if (map.Dropped(change).ToList() is { Count: > 0 } dropped)
            cells.AddRange((await ColumnsAsync(cancellationToken)).Intersect(dropped).Select(column => (column, Value.Null)));
        await UpsertAsync(cells, change.Entry, cancellationToken);
    }

    /// <summary>Sets the mark of a trashed row.</summary>
    public Task MarkTrashedAsync(CancellationToken cancellationToken) => UpdateAsync([(map.TrashedColumn!, true)], cancellationToken);

    /// <summary>Deletes the row if it is there.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken) => ExecuteAsync(RowStatement.Delete(dialect, map, key), cancellationToken);

    private async Task UpsertAsync(IReadOnlyList<(string Column, Value Value)> cells, Entry entry, CancellationToken cancellationToken)
    {
        if (cells.Count > 0 && await UpdateAsync(cells, cancellationToken))
            return;
        // There may be nothing to update, and some servers count only rows whose content changed.
        if ((cells.Count == 0 || dialect.CountsOnlyChangedRows) && await ExistsAsync(cancellationToken))
            return;
        await ExecuteAsync(RowStatement.Insert(dialect, map, key, map.Row(entry)), cancellationToken);
    }

    private async Task<string[]> ColumnsAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(RowStatement.Columns(dialect, map));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)];
    }

    private async Task<bool> UpdateAsync(IEnumerable<(string Column, Value Value)> row, CancellationToken cancellationToken) =>
        await ExecuteAsync(RowStatement.Update(dialect, map, key, row), cancellationToken) > 0;

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(RowStatement.Count(dialect, map, key));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) > 0;
    }

    private async Task<int> ExecuteAsync(RowStatement statement, CancellationToken cancellationToken)
    {
        await using var command = Command(statement);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbCommand Command(RowStatement statement)
    {
        var command = database.Command(connection, dialect, statement.Text, statement.Values);
        command.Transaction = transaction;
        return command;
    }
}

/// <summary>A statement about one row, with its values to be bound.</summary>
internal sealed class RowStatement
{
    private readonly Dialect _dialect;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    private RowStatement(Dialect dialect) => _dialect = dialect;

    public string Text => _text.ToString();

    public IReadOnlyDictionary<string, Value> Values => _values;

    public static RowStatement Update(Dialect dialect, TableMap map, EntryKey key, IEnumerable<(string Column, Value Value)> row)
    {
        var statement = new RowStatement(dialect);
        statement._text.Append(CultureInfo.InvariantCulture, $"UPDATE {statement.Table(map)} SET ");
        statement._text.AppendJoin(", ", row.Select(cell => $"{dialect.Quote(cell.Column)} = {statement.Bind(cell.Value)}"));
        return statement.Where(map, key);
    }

    public static RowStatement Insert(Dialect dialect, TableMap map, EntryKey key, IEnumerable<(string Column, Value Value)> row)
    {
        var statement = new RowStatement(dialect);
        var cells = map.Key.Select((column, part) => (column, key[part])).Concat(row.Where(cell => cell.Value.IsSet)).ToArray();
        statement._text.Append(CultureInfo.InvariantCulture, $"INSERT INTO {statement.Table(map)} (");
        statement._text.AppendJoin(", ", cells.Select(cell => dialect.Quote(cell.Item1))).Append(") VALUES (");
        statement._text.AppendJoin(", ", cells.Select(cell => statement.Bind(cell.Item2))).Append(')');
        return statement;
    }

    public static RowStatement Delete(Dialect dialect, TableMap map, EntryKey key)
    {
        var statement = new RowStatement(dialect);
        statement._text.Append(CultureInfo.InvariantCulture, $"DELETE FROM {statement.Table(map)}");
        return statement.Where(map, key);
    }

    /// <summary>Of no row, for the names of the columns.</summary>
    public static RowStatement Columns(Dialect dialect, TableMap map)
    {
        var statement = new RowStatement(dialect);
        statement._text.Append(CultureInfo.InvariantCulture, $"SELECT * FROM {statement.Table(map)} WHERE 1 = 0");
        return statement;
    }

    public static RowStatement Count(Dialect dialect, TableMap map, EntryKey key)
    {
        var statement = new RowStatement(dialect);
        statement._text.Append(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM {statement.Table(map)}");
        return statement.Where(map, key);
    }

    private RowStatement Where(TableMap map, EntryKey key)
    {
        _text.Append(" WHERE ").AppendJoin(" AND ", map.Key.Select((column, part) => $"{_dialect.Quote(column)} = {Bind(key[part])}"));
        return this;
    }

    private string Table(TableMap map) => map.QuotedTable(_dialect);

    // NULL is written, not bound: some drivers need a type for it, which nobody knows here.
    private string Bind(Value value)
    {
        if (!value.IsSet)
            return "NULL";
        var name = string.Create(CultureInfo.InvariantCulture, $"p{_values.Count}");
        _values.Add(name, value.Kind is ValueKind.List or ValueKind.Map ? PlainJson.ToText(value) : value);
        return _dialect.ParameterName(name);
    }
}

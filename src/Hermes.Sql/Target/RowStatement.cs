using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Target;

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

    private string Table(TableMap map) => string.Join('.', map.Table.Split('.').Select(_dialect.Quote));

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

using System.Globalization;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Target;

/// <summary>The columns of a type's table that are read, and the objects that its rows are. Secret attributes are never among them.</summary>
internal sealed class TableRows
{
    private readonly (string Attribute, int At)[] _attributes;
    private readonly (string Column, int At)[] _others;
    private readonly List<string> _columns;
    private readonly int _trashed;
    private readonly EntryBuilder _content = new();

    /// <summary>Chooses the columns.</summary>
    /// <param name="map">Where the attributes of the type are.</param>
    /// <param name="also">Further columns.</param>
    /// <exception cref="TargetException">One of them is that of a secret attribute.</exception>
    public TableRows(TableMap map, IReadOnlyList<string> also)
    {
        Map = map;
        if (also.FirstOrDefault(IsSecret) is { } secret)
            throw new TargetException($"The column '{secret}' of the table '{map.Table}' holds a secret attribute of '{map.Type}' and is not told.", FaultKind.Permanent);

        _columns = [.. map.Key];
        _attributes =
        [
            .. map.KeyAttributes.Select((attribute, part) => (attribute, part)).Where(pair => !map.Secrets.Contains(pair.attribute))
                .Concat(map.Attributes.Where(pair => !map.Secrets.Contains(pair.Attribute)).Select(pair => (pair.Attribute, At(pair.Column))))
                .OrderBy(pair => pair.Item1, StringComparer.Ordinal),
        ];
        _others = [.. also.Distinct(StringComparer.Ordinal).Select(column => (column, At(column)))];
        _trashed = map.TrashedColumn is { } trashed ? At(trashed) : -1;
    }

    /// <summary>Where the attributes of the type are.</summary>
    public TableMap Map { get; }

    /// <summary>The query of all rows, or of those with a key.</summary>
    public (string Text, IReadOnlyDictionary<string, Value> Variables) Query(Dialect dialect, IReadOnlyList<Value> key)
    {
        // Behind the table's name a column that there is not is an error everywhere: SQLite would take it for a text.
        string Column(string name) => $"t.{dialect.Quote(name)}";

        var variables = new Dictionary<string, Value>(StringComparer.Ordinal);
        var conditions = new List<string>();
        for (var part = 0; part < key.Count; part++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"p{part}");
            conditions.Add(key[part].IsNull ? $"{Column(Map.Key[part])} IS NULL" : $"{Column(Map.Key[part])} = {dialect.ParameterName(name)}");
            if (!key[part].IsNull)
                variables.Add(name, key[part]);
        }

        var where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        return ($"SELECT {string.Join(", ", _columns.Select(Column))} FROM {Map.QuotedTable(dialect)} t{where}", variables);
    }

    /// <summary>The object that a row is. Not for several threads at once.</summary>
    public TargetObject ObjectOf(SourceRow row)
    {
        var key = row.Values[..Map.Key.Count].ToArray();
        foreach (var (attribute, at) in _attributes)
            _content.Add(attribute, row.Values[at]);
        var name = key.Length == 1 ? key[0].ToString() : $"({string.Join(", ", key)})";
        return new TargetObject(TableLinks.Of(Map.Table, key), name, _content.Build(), _trashed >= 0 && HeldValues.AreSame(true, row.Values[_trashed]))
        {
            Others = OthersOf(row),
        };
    }

    private Entry OthersOf(SourceRow row)
    {
        if (_others.Length == 0)
            return Entry.Empty;
        foreach (var (column, at) in _others)
            _content.Add(column, row.Values[at]);
        return _content.Build();
    }

    private bool IsSecret(string column) =>
        Map.Attributes.Any(pair => Map.Secrets.Contains(pair.Attribute) && pair.Column.Equals(column, StringComparison.OrdinalIgnoreCase));

    private int At(string column)
    {
        var at = _columns.IndexOf(column);
        if (at < 0)
            _columns.Add(column);
        return at < 0 ? _columns.Count - 1 : at;
    }
}

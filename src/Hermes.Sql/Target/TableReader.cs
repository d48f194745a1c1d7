using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Connections;
using Hermes.Sql.Dialects;
using Hermes.Sql.Faults;
using Hermes.Sql.Source;
using Microsoft.Extensions.Logging;

namespace Hermes.Sql.Target;

/// <summary>Reads the rows of tables as a source does, in one statement each: it sees one state of the table on all databases but SQL Server.</summary>
internal sealed class TableReader(string subject, SqlDatabase database, ILogger logger)
{
    // A text in a column of dates that is none must not end the reading, which is there to find it.
    private static readonly ReadingRules Rules = new(DeclaredDates: false, Unpadded: true);

    private readonly ConcurrentDictionary<TableMap, IReadOnlyList<Type>> _keyTypes = [];

    /// <summary>All rows of a type's table.</summary>
    /// <exception cref="TargetException">Not all could be read.</exception>
    public IAsyncEnumerable<TargetObject> ReadAsync(TableMap map, IReadOnlyList<string> also, CancellationToken cancellationToken) =>
        RowsAsync(new TableRows(map, also), [], cancellationToken);

    /// <summary>The row with a link; null if there is none.</summary>
    /// <exception cref="TargetException">It could not be read.</exception>
    public async Task<TargetObject?> FindAsync(TableMap map, string link, CancellationToken cancellationToken)
    {
        if (!TableLinks.TryRead(link, map.Table, map.Key.Count, out var texts))
            return null;
        var types = _keyTypes.TryGetValue(map, out var known) ? known : _keyTypes[map] = await KeyTypesAsync(map, cancellationToken);
        var key = new Value[texts.Count];
        for (var i = 0; i < key.Length; i++)
        {
            if (texts[i] is { } text && !TableLinks.TryConvert(text, types[i], out key[i]))
                return null;
        }

        // To its end, though there is one row at most: a reading that is left has to be cancelled, for which some drivers open a connection.
        TargetObject? found = null;
        await foreach (var row in RowsAsync(new TableRows(map, []), key, cancellationToken))
            found ??= row;
        return found;
    }

    private async IAsyncEnumerable<TargetObject> RowsAsync(
        TableRows rows, IReadOnlyList<Value> key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (query, variables) = rows.Query(database.FindDialect(), key);
        var operation = new SourceOperation(SourceOperationKind.Fetch, query, variables, []);
        await using var read = await ToldAsync(SqlRead.StartAsync(SubjectOf(rows.Map), logger, database, Rules, consistent: false, operation, cancellationToken));
        while (true)
        {
            var next = read.NextAsync(cancellationToken);
            if ((next.IsCompletedSuccessfully ? next.GetAwaiter().GetResult() : await ToldAsync(next.AsTask())) is not { } row)
                yield break;
            yield return rows.ObjectOf(row);
        }
    }

    // The parts of a link are texts; some databases compare a column with a value of its own type only.
    private async Task<IReadOnlyList<Type>> KeyTypesAsync(TableMap map, CancellationToken cancellationToken)
    {
        await using var connection = database.Create(out var dialect);
        try
        {
            await database.OpenAsync(connection, dialect, cancellationToken);
            var columns = string.Join(", ", map.Key.Select(dialect.Quote));
            await using var command = database.Command(connection, dialect, $"SELECT {columns} FROM {map.QuotedTable(dialect)} WHERE 1 = 0", new Dictionary<string, Value>());
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetFieldType(column))];
        }
        catch (Exception failure) when (SqlFailure.IsFailure(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var told = SqlFailure.Of(failure, SubjectOf(map), dialect, connection, []);
            throw new TargetException(told.Message, told.Fault.Kind, told.Cause);
        }
    }

    private static async Task<T> ToldAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (SourceException failure)
        {
            throw new TargetException(failure.Message, failure.Fault, failure.InnerException);
        }
    }

    private string SubjectOf(TableMap map) => $"{subject}, reading table '{map.Table}'";
}

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

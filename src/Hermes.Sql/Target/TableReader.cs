using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Connections;
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
            return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];
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

using System.Data.Common;
using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Sql.Connections;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Target;

/// <summary>One transaction about one row.</summary>
internal sealed class RowSession(SqlDatabase database, DbConnection connection, DbTransaction transaction, Dialect dialect, TableMap map, EntryKey key)
{
    /// <summary>Makes the row what the entry says, whether it is there already or not.</summary>
    public async Task UpsertAsync(Entry entry, CancellationToken cancellationToken)
    {
        var row = map.Row(entry).ToArray();
        if (row.Length > 0 && await UpdateAsync(row, cancellationToken))
            return;
        // A table of keys alone has nothing to update, and some servers count only rows whose content changed.
        if ((row.Length == 0 || dialect.CountsOnlyChangedRows) && await ExistsAsync(cancellationToken))
            return;
        await ExecuteAsync(RowStatement.Insert(dialect, map, key, row), cancellationToken);
    }

    /// <summary>Sets the mark of a trashed row.</summary>
    public Task MarkTrashedAsync(CancellationToken cancellationToken) => UpdateAsync([(map.TrashedColumn!, true)], cancellationToken);

    /// <summary>Deletes the row if it is there.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken) => ExecuteAsync(RowStatement.Delete(dialect, map, key), cancellationToken);

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

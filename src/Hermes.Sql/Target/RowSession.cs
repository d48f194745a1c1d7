using System.Data.Common;
using System.Globalization;
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
    public Task ChangeAsync(EntryModified change, CancellationToken cancellationToken) =>
        UpsertAsync([.. map.Changed(change)], change.Entry, cancellationToken);

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

using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>The prepared statement that stages one change.</summary>
internal sealed class StagingStatement : IDisposable
{
    private static readonly string[] Columns =
        ["type", "action", "id", "key_hash", "fingerprint", "content", "place", "category", "kind", "body", "write_back", "tag"];

    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _values;

    public StagingStatement(SqliteConnection connection, SqliteTransaction transaction)
    {
        _command = connection.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = $"INSERT INTO temp.staged ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(name => "$" + name))})";
        _values = [.. Columns.Select(name => _command.Parameters.Add(new SqliteParameter("$" + name, DBNull.Value)))];
    }

    public void Execute(StagedAction action, long? type, long id, in StoredRow row, StagedEvent? staged)
    {
        var changesEntry = action != StagedAction.None;
        Set(0, type);
        Set(1, (long)action);
        Set(2, id);
        Set(3, changesEntry ? row.KeyHash.ToArray() : null);
        Set(4, changesEntry ? row.Fingerprint.ToArray() : null);
        Set(5, changesEntry ? row.Content : null);
        Set(6, staged is null ? null : (long)staged.Order);
        Set(7, staged?.Category);
        Set(8, staged?.Kind);
        Set(9, staged?.Body);
        Set(10, staged?.WriteBack);
        Set(11, staged?.Tag ?? 0L);
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private void Set(int index, object? value) => _values[index].Value = value ?? DBNull.Value;
}

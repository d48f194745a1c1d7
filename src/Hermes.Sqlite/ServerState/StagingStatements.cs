using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>The statements that a draft runs for each change, prepared once.</summary>
internal sealed class StagingStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _change;
    private readonly SqliteStatement _stage;
    private readonly SqliteStatement _append;
    private readonly Dictionary<long, SqliteStatement> _inserts = [];
    private bool _hasIndexes;

    public StagingStatements(SqliteConnection connection)
    {
        _connection = connection;
        _change = new SqliteStatement(connection, "INSERT INTO temp.staged_entries (type, id, key_hash, fingerprint, content) VALUES (?1, ?2, ?3, ?4, ?5)");
        _stage = new SqliteStatement(
            connection, "INSERT INTO temp.staged_events (type, id, place, category, kind, body, write_back, tag) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        _append = new SqliteStatement(connection, "INSERT INTO outbox (sequence, category, kind, time, body) VALUES (?1, ?2, ?3, ?4, ?5)");
    }

    /// <summary>Puts a new entry into its table.</summary>
    public void Insert(TypeTable type, long id, in StoredRow row)
    {
        if (!_inserts.TryGetValue(type.Number, out var insert))
        {
            insert = new SqliteStatement(_connection, $"INSERT INTO {type.Table} (id, key_hash, fingerprint, content) VALUES (?1, ?2, ?3, ?4)");
            _inserts.Add(type.Number, insert);
        }

        insert.Bind(0, id).Bind(1, row.KeyHash.ToArray()).Bind(2, row.Fingerprint.ToArray()).Bind(3, row.Content).Run();
    }

    /// <summary>Stages what becomes of a known entry; null if it goes.</summary>
    public void Change(TypeTable type, long id, StoredRow? row) => _change
        .Bind(0, type.Number)
        .Bind(1, id)
        .Bind(2, row?.KeyHash.ToArray())
        .Bind(3, row?.Fingerprint.ToArray())
        .Bind(4, row?.Content)
        .Run();

    /// <summary>Stages an event, of an entry or of none.</summary>
    public void Stage(TypeTable? type, long id, StagedEvent staged) => _stage
        .Bind(0, type?.Number)
        .Bind(1, id)
        .Bind(2, staged.Order)
        .Bind(3, staged.Category)
        .Bind(4, staged.Kind)
        .Bind(5, staged.Body)
        .Bind(6, staged.WriteBack)
        .Bind(7, staged.Tag)
        .Run();

    /// <summary>Puts an event into the outbox.</summary>
    public void Append(long sequence, StagedEvent staged, DateTimeOffset time) => _append
        .Bind(0, sequence)
        .Bind(1, staged.Category)
        .Bind(2, staged.Kind)
        .Bind(3, time.UtcTicks)
        .Bind(4, staged.Body)
        .Run();

    /// <summary>Takes back what was done of an entry.</summary>
    public void Withdraw(TypeTable type, long id)
    {
        if (!_hasIndexes)
        {
            _connection.Execute(ServerStateTables.StagedIndexes);
            _hasIndexes = true;
        }

        Delete("DELETE FROM temp.staged_entries WHERE type = $type AND id = $id", type, id);
        Delete("DELETE FROM temp.staged_events WHERE type = $type AND id = $id", type, id);
        if (id > type.StoredId)
            Delete($"DELETE FROM {type.Table} WHERE id = $id", type, id);
    }

    public void Dispose()
    {
        _change.Dispose();
        _stage.Dispose();
        _append.Dispose();
        foreach (var insert in _inserts.Values)
            insert.Dispose();
    }

    private void Delete(string sql, TypeTable type, long id)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$type", type.Number);
        command.Parameters.AddWithValue("$id", id);
        command.ExecuteNonQuery();
    }
}

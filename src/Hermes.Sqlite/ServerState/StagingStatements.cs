using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>The statements that a draft runs for each change, prepared once. New entries are written behind: a first poll has nothing else to write.</summary>
internal sealed class StagingStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _change;
    private readonly SqliteStatement _stage;
    private readonly SqliteStatement _append;
    private readonly Dictionary<long, SqliteStatement> _inserts = [];
    private readonly WriteBehind<NewEntry> _newEntries = new(Insert);
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

        _newEntries.Add(new NewEntry(insert, id, row));
    }

    /// <summary>Returns when all new entries are in their tables: nothing else may be done with the file before.</summary>
    /// <exception cref="SqliteFileException">SQLite failed.</exception>
    public void Finish() => _newEntries.Finish();

    /// <summary>Drops the new entries that are not in their tables yet.</summary>
    public void Forget() => _newEntries.Forget();

    /// <summary>Stages what becomes of a known entry; null if it goes.</summary>
    public void Change(TypeTable type, long id, StoredRow? row)
    {
        Finish();
        _change.Bind(0, type.Number)
            .Bind(1, id)
            .Bind(2, row?.KeyHash.ToArray())
            .Bind(3, row?.Fingerprint.ToArray())
            .Bind(4, row?.Content)
            .Run();
    }

    /// <summary>Stages an event, of an entry or of none.</summary>
    public void Stage(TypeTable? type, long id, StagedEvent staged)
    {
        Finish();
        _stage.Bind(0, type?.Number)
            .Bind(1, id)
            .Bind(2, staged.Order)
            .Bind(3, staged.Category)
            .Bind(4, staged.Kind)
            .Bind(5, staged.Body)
            .Bind(6, staged.WriteBack)
            .Bind(7, staged.Tag)
            .Run();
    }

    /// <summary>Puts an event into the outbox.</summary>
    public void Append(long sequence, StagedEvent staged, DateTimeOffset time)
    {
        Finish();
        _append.Bind(0, sequence)
            .Bind(1, staged.Category)
            .Bind(2, staged.Kind)
            .Bind(3, time.UtcTicks)
            .Bind(4, staged.Body)
            .Run();
    }

    /// <summary>Takes back what was done of an entry.</summary>
    public void Withdraw(TypeTable type, long id)
    {
        Finish();
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
        _newEntries.Dispose();
        _change.Dispose();
        _stage.Dispose();
        _append.Dispose();
        foreach (var insert in _inserts.Values)
            insert.Dispose();
    }

    private static void Insert(NewEntry entry) => entry.Statement
        .Bind(0, entry.Id)
        .Bind(1, entry.Row.KeyHash.ToArray())
        .Bind(2, entry.Row.Fingerprint.ToArray())
        .Bind(3, entry.Row.Content)
        .Run();

    private void Delete(string sql, TypeTable type, long id)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$type", type.Number);
        command.Parameters.AddWithValue("$id", id);
        command.ExecuteNonQuery();
    }

    private readonly record struct NewEntry(SqliteStatement Statement, long Id, StoredRow Row);
}

using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>
/// Collects the changes of one commit, inside the transaction that will store them; a rollback forgets them. New entries go into their tables at
/// once, where the state does not show them before the commit. Changes of known entries wait in a temporary table, because the poll still
/// reads the old ones; so do the events, which are put in order at the end.
/// </summary>
internal sealed class SqliteStateDraft : IStateDraft
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Func<string, TypeTable> _tableOf;
    private readonly IReadOnlyDictionary<string, TypeTable> _types;
    private readonly DateTimeOffset _time;
    private readonly StagingStatements _stage;
    private readonly List<string> _dropped = [];
    private readonly List<(long Type, byte[] Body)> _typeWriteBacks = [];
    private long _lastSequence;
    private bool _hasStagedEvents;
    private bool _hasFollowUps;
    private bool _ended;

    public SqliteStateDraft(
        SqliteConnection connection,
        Func<string, TypeTable> tableOf,
        IReadOnlyDictionary<string, TypeTable> types,
        long lastSequence,
        DateTimeOffset time)
    {
        _connection = connection;
        _tableOf = tableOf;
        _types = types;
        _lastSequence = lastSequence;
        _time = time;
        _stage = new StagingStatements(connection);
        _transaction = connection.BeginTransaction(deferred: true);
    }

    public event Action? Ended;

    public long Insert(string type, in StoredRow row, StagedEvent? staged)
    {
        var table = TableOf(type);
        if (!table.Exists)
            Create(table);
        var id = ++table.LastId;
        _stage.Insert(table, id, row);
        Stage(table, id, staged);
        return id;
    }

    public void Update(string type, long id, in StoredRow row, StagedEvent? staged)
    {
        var table = TableOf(type);
        _stage.Change(table, id, row);
        Stage(table, id, staged);
    }

    public void Delete(string type, long id, StagedEvent? staged)
    {
        var table = TableOf(type);
        _stage.Change(table, id, null);
        Stage(table, id, staged);
    }

    public void Append(StagedEvent staged)
    {
        ObjectDisposedException.ThrowIf(_ended, this);

        // Nothing comes before it and nobody withdraws it, so it needs no place to wait: the many events of an initsync are like that.
        if (!_hasStagedEvents && staged is { Order: 0, Tag: 0, WriteBack: null })
            _stage.Append(++_lastSequence, staged, _time);
        else
            Stage(null, 0, staged);
    }

    public void Withdraw(string type, long id) => _stage.Withdraw(TableOf(type), id);

    public void DropType(string type) => _dropped.Add(type);

    public void AppendWriteBack(string type, byte[] writeBack)
    {
        _typeWriteBacks.Add((_tableOf(type).Number, writeBack));
        _hasFollowUps = true;
    }

    public IReadOnlyDictionary<long, long> Commit(ServerStateHeader header) => _connection.Told(() => Store(header));

    /// <summary>Returns when all that was given to this draft is in the file, though not committed: nothing else may be done with the file before.</summary>
    /// <exception cref="SqliteFileException">SQLite failed.</exception>
    public void Finish() => _stage.Finish();

    private Dictionary<long, long> Store(ServerStateHeader header)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        Finish();
        foreach (var type in _types.Values)
            StoreEntries(type);
        foreach (var type in _dropped)
            Drop(type);
        var stored = StoreEvents();
        var sequences = _hasFollowUps ? StoreFollowUps() : new Dictionary<long, long>();
        StoreHeader(header, _lastSequence + stored);
        Execute("DELETE FROM temp.staged_entries");
        Execute("DELETE FROM temp.staged_events");
        _transaction.Commit();
        End();
        return sequences;
    }

    public void Dispose()
    {
        if (_ended)
            return;
        _stage.Forget();
        try
        {
            _transaction.Rollback();
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        _ended = true;
        _stage.Dispose();
        _transaction.Dispose();
        Ended?.Invoke();
    }

    private TypeTable TableOf(string type)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        return _tableOf(type);
    }

    private void Create(TypeTable type)
    {
        Finish();
        Execute(ServerStateTables.CreateEntries(type.Number));
        Execute("INSERT INTO types (number, name) VALUES ($a, $b)", type.Number, type.Name);
        type.Exists = true;
    }

    private void Stage(TypeTable? type, long id, StagedEvent? staged)
    {
        if (staged is null)
            return;
        _stage.Stage(type, id, staged);
        _hasStagedEvents = true;
        _hasFollowUps |= staged is { WriteBack: not null } or { Tag: > 0 };
    }

    private void StoreEntries(TypeTable type)
    {
        if (!type.Exists)
            Create(type);
        Execute($"DELETE FROM {type.Table} WHERE id IN (SELECT id FROM temp.staged_entries WHERE type = $a AND content IS NULL)", type.Number);
        Execute(
            $"""
            INSERT OR REPLACE INTO {type.Table} (id, key_hash, fingerprint, content)
            SELECT id, key_hash, fingerprint, content FROM temp.staged_entries WHERE type = $a AND content IS NOT NULL ORDER BY n
            """,
            type.Number);
    }

    private void Drop(string type)
    {
        if (!_types.TryGetValue(type, out var table))
            return;
        Execute($"DROP TABLE {table.Table}");
        Execute("DELETE FROM types WHERE number = $a", table.Number);
    }

    private int StoreEvents() => Execute(
        """
        INSERT INTO outbox (sequence, category, kind, time, body)
        SELECT $a + row_number() OVER (ORDER BY place, n), category, kind, $b, body FROM temp.staged_events ORDER BY place, n
        """,
        _lastSequence,
        _time.UtcTicks);

    private Dictionary<long, long> StoreFollowUps()
    {
        var sequences = new Dictionary<long, long>();
        var lastOfType = new Dictionary<long, long>();
        using (var command = Command("SELECT type, tag, write_back FROM temp.staged_events ORDER BY place, n"))
        using (var reader = command.ExecuteReader())
        {
            for (var sequence = _lastSequence + 1; reader.Read(); sequence++)
            {
                if (!reader.IsDBNull(0))
                    lastOfType[reader.GetInt64(0)] = sequence;
                if (reader.GetInt64(1) is var tag and > 0)
                    sequences[tag] = sequence;
                if (!reader.IsDBNull(2))
                    StoreWriteBack(sequence, reader.GetFieldValue<byte[]>(2));
            }
        }

        foreach (var (type, body) in _typeWriteBacks)
        {
            if (lastOfType.TryGetValue(type, out var sequence))
                StoreWriteBack(sequence, body);
        }

        return sequences;
    }

    private void StoreWriteBack(long sequence, byte[] body) =>
        Execute("INSERT INTO write_backs (sequence, body) VALUES ($a, $b)", sequence, body);

    private void StoreHeader(ServerStateHeader header, long lastSequence)
    {
        using var command = Command("""
            INSERT OR REPLACE INTO header (id, producer, hash_key, schema, is_filled, status, last_sequence)
            VALUES (1, $producer, $hashKey, $schema, $isFilled, $status, $lastSequence)
            """);
        command.Parameters.AddWithValue("$producer", header.ProducerId);
        command.Parameters.AddWithValue("$hashKey", header.HashKey);
        command.Parameters.AddWithValue("$schema", header.Schema);
        command.Parameters.AddWithValue("$isFilled", header.IsFilled);
        command.Parameters.AddWithValue("$status", header.Status);
        command.Parameters.AddWithValue("$lastSequence", lastSequence);
        command.ExecuteNonQuery();
    }

    private int Execute(string sql, object? a = null, object? b = null)
    {
        using var command = Command(sql);
        if (a is not null)
            command.Parameters.AddWithValue("$a", a);
        if (b is not null)
            command.Parameters.AddWithValue("$b", b);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        return command;
    }
}

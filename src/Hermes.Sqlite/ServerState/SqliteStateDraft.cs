using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>
/// Collects the changes of one commit in a temporary table, inside the transaction that will store them; a rollback forgets them.
/// </summary>
internal sealed class SqliteStateDraft : IStateDraft
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Func<string, TypeTable> _tableOf;
    private readonly IReadOnlyDictionary<string, TypeTable> _types;
    private readonly long _lastSequence;
    private readonly StagingStatement _stage;
    private readonly List<string> _dropped = [];
    private readonly List<(long Type, byte[] Body)> _typeWriteBacks = [];
    private SqliteCommand? _withdraw;
    private bool _hasFollowUps;
    private bool _ended;

    public SqliteStateDraft(
        SqliteConnection connection, Func<string, TypeTable> tableOf, IReadOnlyDictionary<string, TypeTable> types, long lastSequence)
    {
        _connection = connection;
        _tableOf = tableOf;
        _types = types;
        _lastSequence = lastSequence;
        _transaction = connection.BeginTransaction(deferred: true);
        _stage = new StagingStatement(connection);
    }

    public event Action? Ended;

    public long Insert(string type, in StoredRow row, StagedEvent? staged)
    {
        var table = _tableOf(type);
        Stage(StagedAction.Insert, table, ++table.LastId, row, staged);
        return table.LastId;
    }

    public void Update(string type, long id, in StoredRow row, StagedEvent? staged) => Stage(StagedAction.Update, _tableOf(type), id, row, staged);

    public void Delete(string type, long id, KeyHash keyHash, StagedEvent? staged) =>
        Stage(StagedAction.Delete, _tableOf(type), id, new StoredRow(keyHash, default, []), staged);

    public void Append(StagedEvent staged) => Stage(StagedAction.None, null, 0, default, staged);

    public void Withdraw(string type, KeyHash keyHash)
    {
        if (_withdraw is null)
        {
            _connection.Execute("CREATE INDEX IF NOT EXISTS temp.staged_by_key ON staged (key_hash)");
            _withdraw = Command("DELETE FROM temp.staged WHERE key_hash = $key AND type = $type");
            _withdraw.Parameters.Add("$key", SqliteType.Blob);
            _withdraw.Parameters.Add("$type", SqliteType.Integer);
        }

        _withdraw.Parameters[0].Value = keyHash.ToArray();
        _withdraw.Parameters[1].Value = _tableOf(type).Number;
        _withdraw.ExecuteNonQuery();
    }

    public void DropType(string type) => _dropped.Add(type);

    public void AppendWriteBack(string type, byte[] writeBack)
    {
        _typeWriteBacks.Add((_tableOf(type).Number, writeBack));
        _hasFollowUps = true;
    }

    public IReadOnlyDictionary<long, long> Commit(ServerStateHeader header, DateTimeOffset time)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        foreach (var type in _types.Values)
            StoreEntries(type);
        foreach (var type in _dropped)
            Drop(type);
        var stored = StoreEvents(time);
        var sequences = _hasFollowUps ? StoreFollowUps() : new Dictionary<long, long>();
        StoreHeader(header, _lastSequence + stored);
        Execute("DELETE FROM temp.staged");
        _transaction.Commit();
        End();
        return sequences;
    }

    public void Dispose()
    {
        if (_ended)
            return;
        _transaction.Rollback();
        End();
    }

    private void End()
    {
        _ended = true;
        _stage.Dispose();
        _withdraw?.Dispose();
        _transaction.Dispose();
        Ended?.Invoke();
    }

    private void Stage(StagedAction action, TypeTable? type, long id, in StoredRow row, StagedEvent? staged)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _stage.Execute(action, type?.Number, id, row, staged);
        _hasFollowUps |= staged is { WriteBack: not null } or { Tag: > 0 };
    }

    private void StoreEntries(TypeTable type)
    {
        if (!type.Exists)
        {
            Execute(ServerStateTables.CreateEntries(type.Number));
            Execute("INSERT INTO types (number, name) VALUES ($a, $b)", type.Number, type.Name);
        }

        Execute($"DELETE FROM {type.Table} WHERE id IN (SELECT id FROM temp.staged WHERE type = $a AND action = 3)", type.Number);
        Execute(
            $"""
            INSERT OR REPLACE INTO {type.Table} (id, key_hash, fingerprint, content)
            SELECT id, key_hash, fingerprint, content FROM temp.staged WHERE type = $a AND action IN (1, 2) ORDER BY n
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

    private int StoreEvents(DateTimeOffset time) => Execute(
        """
        INSERT INTO outbox (sequence, category, kind, time, body)
        SELECT $a + row_number() OVER (ORDER BY place, n), category, kind, $b, body FROM temp.staged WHERE body IS NOT NULL ORDER BY place, n
        """,
        _lastSequence,
        time.UtcTicks);

    private Dictionary<long, long> StoreFollowUps()
    {
        var sequences = new Dictionary<long, long>();
        var lastOfType = new Dictionary<long, long>();
        using (var command = Command("SELECT type, tag, write_back FROM temp.staged WHERE body IS NOT NULL ORDER BY place, n"))
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

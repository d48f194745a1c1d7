using Hermes.Abstractions;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>A server state in a SQLite file, over one connection.</summary>
internal sealed class SqliteServerState : IServerState
{
    private readonly SqliteConnection _connection;
    private readonly StateFileLock _lock;
    private readonly Dictionary<string, TypeTable> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteCommand> _contentReaders = new(StringComparer.Ordinal);
    private SqliteStateDraft? _draft;

    public SqliteServerState(SqliteConnection connection, StateFileLock fileLock)
    {
        _connection = connection;
        _lock = fileLock;
        connection.Execute(ServerStateTables.Staged);
        Load();
    }

    public ServerStateHeader? Header { get; private set; }

    public long LastSequence { get; private set; }

    public long OutboxLength { get; private set; }

    public IReadOnlyList<string> Types => [.. _types.Values.Where(type => type.Exists).Select(type => type.Name)];

    public IEnumerable<StoredKey> ReadKeys(string type) => Find(type) is { } table ? KeyScan.Read(_connection, table) : [];

    public byte[] ReadContent(string type, long id)
    {
        if (!_contentReaders.TryGetValue(type, out var command))
        {
            var table = Find(type) ?? throw NoEntry(type, id);
            command = Command($"SELECT content FROM {table.Table} WHERE id = $id");
            command.Parameters.Add("$id", SqliteType.Integer);
            _contentReaders.Add(type, command);
        }

        command.Parameters[0].Value = id;
        return (byte[]?)command.ExecuteScalar() ?? throw NoEntry(type, id);
    }

    public IEnumerable<StoredEntry> ReadEntries(string type)
    {
        if (Find(type) is not { } table)
            yield break;
        using var command = Command($"SELECT id, key_hash, fingerprint, content FROM {table.Table} ORDER BY id");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new StoredEntry(
                reader.GetInt64(0), new StoredRow(reader.GetKeyHash(1), reader.GetFingerprint(2), reader.GetFieldValue<byte[]>(3)));
        }
    }

    public IStateDraft BeginDraft()
    {
        if (_draft is not null)
            throw new InvalidOperationException("Another draft is open: commit or dispose it first.");
        ForgetStatements();
        _draft = new SqliteStateDraft(_connection, TableOf, _types, LastSequence);
        _draft.Ended += OnDraftEnded;
        return _draft;
    }

    public IEnumerable<OutboxEvent> ReadOutbox(long afterSequence)
    {
        using var command = Command("SELECT sequence, category, kind, time, body FROM outbox WHERE sequence > $after ORDER BY sequence");
        command.Parameters.AddWithValue("$after", afterSequence);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new OutboxEvent(
                reader.GetInt64(0),
                string.Intern(reader.GetString(1)),
                string.Intern(reader.GetString(2)),
                new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero),
                reader.GetFieldValue<byte[]>(4));
        }
    }

    public void RemoveFromOutbox(long throughSequence)
    {
        using var command = Command("DELETE FROM outbox WHERE sequence <= $through");
        command.Parameters.AddWithValue("$through", throughSequence);
        OutboxLength -= command.ExecuteNonQuery();
    }

    // Freed pages keep their bytes until they are used again; so does the write-ahead log.
    public void Erase()
    {
        ForgetStatements();
        _connection.Execute("VACUUM");
        _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public IReadOnlyList<DueWriteBack> ReadDueWriteBacks(int limit)
    {
        using var command = Command("""
            SELECT number, body FROM write_backs
            WHERE sequence < coalesce((SELECT min(sequence) FROM outbox), 9223372036854775807) ORDER BY sequence, number LIMIT $limit
            """);
        command.Parameters.AddWithValue("$limit", limit);
        using var reader = command.ExecuteReader();
        var due = new List<DueWriteBack>();
        while (reader.Read())
            due.Add(new DueWriteBack(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        return due;
    }

    public void RemoveWriteBacks(IReadOnlyCollection<long> numbers)
    {
        if (numbers.Count == 0)
            return;
        using var transaction = _connection.BeginTransaction();
        using var command = Command("DELETE FROM write_backs WHERE number = $number");
        var parameter = command.Parameters.Add("$number", SqliteType.Integer);
        foreach (var number in numbers)
        {
            parameter.Value = number;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _draft?.Dispose();
        ForgetStatements();
        _connection.Dispose();
        _lock.Dispose();
    }

    private void OnDraftEnded()
    {
        _draft = null;
        ForgetStatements();
        Load();
    }

    // A statement belongs to the transaction in which it was made.
    private void ForgetStatements()
    {
        foreach (var command in _contentReaders.Values)
            command.Dispose();
        _contentReaders.Clear();
    }

    private void Load()
    {
        using (var command = Command("SELECT producer, hash_key, schema, is_filled, status, last_sequence FROM header"))
        using (var reader = command.ExecuteReader())
        {
            if (reader.Read())
            {
                Header = new ServerStateHeader(
                    reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2), reader.GetBoolean(3), reader.GetString(4));
                LastSequence = reader.GetInt64(5);
            }
        }

        OutboxLength = (long)_connection.Scalar("SELECT count(*) FROM outbox")!;
        _types.Clear();
        using (var command = Command("SELECT name, number FROM types ORDER BY number"))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                _types.Add(reader.GetString(0), new TypeTable(reader.GetString(0), reader.GetInt64(1), exists: true, lastId: 0));
        }

        foreach (var type in _types.Values)
            type.LastId = (long)_connection.Scalar($"SELECT coalesce(max(id), 0) FROM {type.Table}")!;
    }

    private TypeTable? Find(string type) => _types.TryGetValue(type, out var table) && table.Exists ? table : null;

    private TypeTable TableOf(string type)
    {
        if (!_types.TryGetValue(type, out var table))
        {
            var number = 1 + _types.Values.Select(other => other.Number).DefaultIfEmpty(0).Max();
            _types.Add(type, table = new TypeTable(type, number, exists: false, lastId: 0));
        }

        return table;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static ServerStateException NoEntry(string type, long id) =>
        new(
            $"The server state has no entry {id} of {type}, although its index names it: the state file is damaged. Restore it from a backup.",
            FaultKind.Permanent);
}

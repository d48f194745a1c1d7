using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>A server state in a SQLite file, over one connection.</summary>
internal sealed class SqliteServerState : IServerState
{
    private readonly SqliteConnection _connection;
    private readonly SqliteFileLock _lock;
    private readonly Dictionary<string, TypeTable> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement> _contentReaders = new(StringComparer.Ordinal);
    private SqliteStateDraft? _draft;

    public SqliteServerState(SqliteConnection connection, SqliteFileLock fileLock)
    {
        _connection = connection;
        _lock = fileLock;
        connection.Execute(ServerStateTables.Staged);
        Load();
    }

    public ServerStateHeader? Header { get; private set; }

    public long LastSequence { get; private set; }

    public long OutboxLength { get; private set; }

    public IReadOnlyList<string> Types => [.. _types.Values.Where(type => type.IsStored).Select(type => type.Name)];

    public IEnumerable<StoredKey> ReadKeys(string type)
    {
        _draft?.Finish();
        if (Find(type) is not { } table)
            yield break;
        using var rows = new SqliteStatement(_connection, $"SELECT id, key_hash, fingerprint FROM {table.Table} WHERE id <= {table.StoredId} ORDER BY id");
        while (rows.Read())
            yield return new StoredKey(rows.Long(0), KeyHash.Read(rows.Blob(1)), Fingerprint.Read(rows.Blob(2)));
    }

    public byte[] ReadContent(string type, long id)
    {
        _draft?.Finish();
        if (!_contentReaders.TryGetValue(type, out var reader))
        {
            var table = Find(type) ?? throw NoEntry(type, id);
            _contentReaders.Add(type, reader = new SqliteStatement(_connection, $"SELECT content FROM {table.Table} WHERE id = ?1"));
        }

        try
        {
            return reader.Bind(0, id).Read() ? reader.Blob(0).ToArray() : throw NoEntry(type, id);
        }
        finally
        {
            reader.Reset();
        }
    }

    public IEnumerable<StoredEntry> ReadEntries(string type)
    {
        _draft?.Finish();
        if (Find(type) is not { } table)
            yield break;
        using var rows = new SqliteStatement(_connection, $"SELECT id, key_hash, fingerprint, content FROM {table.Table} WHERE id <= {table.StoredId} ORDER BY id");
        while (rows.Read())
        {
            var row = new StoredRow(KeyHash.Read(rows.Blob(1)), Fingerprint.Read(rows.Blob(2)), rows.Blob(3).ToArray());
            yield return new StoredEntry(rows.Long(0), row);
        }
    }

    public IStateDraft BeginDraft(DateTimeOffset time)
    {
        if (_draft is not null)
            throw new InvalidOperationException("Another draft is open: commit or dispose it first.");
        _draft = new SqliteStateDraft(_connection, TableOf, _types, LastSequence, time);
        _draft.Ended += OnDraftEnded;
        return _draft;
    }

    public IEnumerable<OutboxEvent> ReadOutbox(long afterSequence)
    {
        _draft?.Finish();
        using var rows = new SqliteStatement(
            _connection, "SELECT sequence, category, kind, time, body FROM outbox WHERE sequence > ?1 ORDER BY sequence");
        rows.Bind(0, afterSequence);
        while (rows.Read())
        {
            yield return new OutboxEvent(
                rows.Long(0),
                SharedNames.Get(rows.Blob(1)),
                SharedNames.Get(rows.Blob(2)),
                new DateTimeOffset(rows.Long(3), TimeSpan.Zero),
                rows.Blob(4).ToArray());
        }
    }

    public void RemoveFromOutbox(long throughSequence)
    {
        _draft?.Finish();
        using var command = Command("DELETE FROM outbox WHERE sequence <= $through");
        command.Parameters.AddWithValue("$through", throughSequence);
        OutboxLength -= _connection.Told(command.ExecuteNonQuery);
    }

    // Freed pages keep their bytes until they are used again; so does the write-ahead log.
    public void Erase()
    {
        ForgetStatements();
        _connection.Told(() =>
        {
            _connection.Execute("VACUUM");
            _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        });
    }

    public IReadOnlyList<DueWriteBack> ReadDueWriteBacks(int limit)
    {
        _draft?.Finish();
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
        if (numbers.Count > 0)
            _connection.Told(() => Remove(numbers));
    }

    private int Remove(IReadOnlyCollection<long> numbers)
    {
        _draft?.Finish();
        using var transaction = _connection.BeginTransaction();
        using var command = Command("DELETE FROM write_backs WHERE number = $number");
        var parameter = command.Parameters.Add("$number", SqliteType.Integer);
        foreach (var number in numbers)
        {
            parameter.Value = number;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return numbers.Count;
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

    private void ForgetStatements()
    {
        foreach (var statement in _contentReaders.Values)
            statement.Dispose();
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
                _types.Add(reader.GetString(0), Stored(reader.GetString(0), reader.GetInt64(1)));
        }
    }

    private TypeTable? Find(string type) => _types.TryGetValue(type, out var table) && table.IsStored ? table : null;

    private TypeTable TableOf(string type)
    {
        if (!_types.TryGetValue(type, out var table))
        {
            var number = 1 + _types.Values.Select(other => other.Number).DefaultIfEmpty(0).Max();
            _types.Add(type, table = new TypeTable(type, number, isStored: false, storedId: 0));
        }

        return table;
    }

    private TypeTable Stored(string type, long number)
    {
        var storedId = (long)_connection.Scalar($"SELECT coalesce(max(id), 0) FROM {ServerStateTables.Entries(number)}")!;
        return new TypeTable(type, number, isStored: true, storedId);
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

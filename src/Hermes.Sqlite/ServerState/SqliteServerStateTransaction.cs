using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>
/// A transaction of the file. New entries are written behind: a first poll has nothing else to write. All else is written at once, and
/// waits for them.
/// </summary>
internal sealed class SqliteServerStateTransaction : IServerStateTransaction
{
    private readonly SqliteConnection _connection;
    private readonly StateTerm _term;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<(string Sql, string Type), SqliteStatement> _statements = [];
    private readonly WriteBehind<NewEntry> _newEntries = new(Append);
    private readonly TypeTables _tables;
    private readonly Action _ended;
    private bool _isEnded;

    public SqliteServerStateTransaction(SqliteConnection connection, StateTerm term, Action ended)
    {
        _connection = connection;
        _term = term;
        _ended = ended;
        _tables = TypeTables.Read(connection);
        _transaction = connection.BeginTransaction(deferred: true);
    }

    public ValueTask AppendEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) => Write(() =>
    {
        if (entries.Count == 0)
            return;
        var insert = Statement("INSERT INTO {0} (id, key_hash, fingerprint, content) VALUES (?1, ?2, ?3, ?4)", type);
        foreach (var entry in entries)
            _newEntries.Add(new NewEntry(insert, entry));
    });

    public ValueTask ReplaceEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) => Write(() =>
    {
        if (entries.Count == 0)
            return;
        _newEntries.Finish();
        var update = Statement("UPDATE {0} SET key_hash = ?2, fingerprint = ?3, content = ?4 WHERE id = ?1", type);
        foreach (var entry in entries)
            Run(update, entry);
    });

    public ValueTask DeleteEntriesAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) => Write(() =>
    {
        if (ids.Count == 0)
            return;
        _newEntries.Finish();
        var delete = Statement("DELETE FROM {0} WHERE id = ?1", type);
        foreach (var id in ids)
            delete.Bind(0, id).Run();
    });

    public ValueTask DropTypeAsync(string type, CancellationToken cancellationToken) => Write(() =>
    {
        _newEntries.Finish();
        Forget();
        _tables.Drop(type, _connection);
    });

    public ValueTask StartAnewAsync(long writeBacksAfter, CancellationToken cancellationToken) => Write(() =>
    {
        _newEntries.Finish();
        Statement("DELETE FROM outbox").Run();
        Statement("UPDATE write_backs SET sequence = ?1").Bind(0, writeBacksAfter).Run();
    });

    public ValueTask AppendEventsAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken) => Write(() =>
    {
        _newEntries.Finish();
        var insert = Statement("INSERT INTO outbox (sequence, category, kind, time, body) VALUES (?1, ?2, ?3, ?4, ?5)");
        foreach (var item in events)
            insert.Bind(0, item.Sequence).Bind(1, item.Category).Bind(2, item.Kind).Bind(3, item.Time.UtcTicks).Bind(4, item.Body).Run();
    });

    public ValueTask AppendWriteBacksAsync(IReadOnlyList<StoredWriteBack> writeBacks, CancellationToken cancellationToken) => Write(() =>
    {
        _newEntries.Finish();
        var insert = Statement("INSERT INTO write_backs (sequence, body) VALUES (?1, ?2)");
        foreach (var item in writeBacks)
            insert.Bind(0, item.Sequence).Bind(1, item.Body).Run();
    });

    public ValueTask WriteDocumentAsync(string name, byte[] content, CancellationToken cancellationToken) => Write(() =>
    {
        _newEntries.Finish();
        Statement("INSERT OR REPLACE INTO documents (name, content) VALUES (?1, ?2)").Bind(0, name).Bind(1, content).Run();
    });

    public ValueTask CommitAsync(ServerStateHeader header, CancellationToken cancellationToken) => Write(() =>
    {
        _newEntries.Finish();
        Statement(
                """
                INSERT OR REPLACE INTO header (id, producer, hash_key, schema, is_filled, status, last_sequence) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)
                """)
            .Bind(0, header.ProducerId)
            .Bind(1, header.HashKey)
            .Bind(2, header.Schema)
            .Bind(3, header.IsFilled ? 1 : 0)
            .Bind(4, header.Status)
            .Bind(5, header.LastSequence)
            .Run();

        // After the first write, so that nobody else can write until the commit.
        _term.Check(_connection);
        _connection.CheckInPlace(_connection.DataSource);
        _transaction.Commit();
        End();
    });

    public ValueTask DisposeAsync()
    {
        if (_isEnded)
            return ValueTask.CompletedTask;
        _newEntries.Forget();
        try
        {
            _transaction.Rollback();
        }
        finally
        {
            End();
        }

        return ValueTask.CompletedTask;
    }

    private static void Append(NewEntry item) => Run(item.Statement, item.Entry);

    private static void Run(SqliteStatement statement, in StoredRow entry) => statement
        .Bind(0, entry.Id)
        .Bind(1, entry.KeyHash.ToArray())
        .Bind(2, entry.Fingerprint.ToArray())
        .Bind(3, entry.Content)
        .Run();

    private ValueTask Write(Action write)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        _connection.Translated(write);
        return ValueTask.CompletedTask;
    }

    private SqliteStatement Statement(string sql, string type = "")
    {
        if (_statements.TryGetValue((sql, type), out var statement))
            return statement;
        _newEntries.Finish();
        var text = type.Length == 0 ? sql : sql.Replace("{0}", _tables.FindOrMake(type, _connection).Table, StringComparison.Ordinal);
        _statements.Add((sql, type), statement = new SqliteStatement(_connection, text));
        return statement;
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }

    private void End()
    {
        _isEnded = true;
        _newEntries.Dispose();
        Forget();
        _transaction.Dispose();
        _ended();
    }

    private readonly record struct NewEntry(SqliteStatement Statement, StoredRow Entry);
}

using Hermes.PostgreSql.Database;
using Hermes.ServerRuntime.State;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ServerState;

/// <summary>A transaction of the database. New entries and events are gathered: a first poll has nothing else to write.</summary>
internal sealed class PostgreSqlServerStateTransaction : IServerStateTransaction
{
    private const NpgsqlDbType Blobs = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
    private const NpgsqlDbType Numbers = NpgsqlDbType.Array | NpgsqlDbType.Bigint;

    private readonly GuardedSession _guarded;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly Action _ended;
    private readonly string _at;
    private readonly CopiedRows<(int Type, StoredRow Row)> _entries;
    private readonly CopiedRows<OutboxEvent> _events;
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    private bool _isEnded;

    private PostgreSqlServerStateTransaction(GuardedSession guarded, NpgsqlConnection connection, NpgsqlTransaction transaction, Action ended)
    {
        (_guarded, _connection, _transaction, _ended) = (guarded, connection, transaction, ended);
        _at = guarded.Session.Database.Quoted;
        _entries = new($"COPY {_at}.entries (type, id, key_hash, fingerprint, content) FROM STDIN (FORMAT BINARY)", WriteEntryAsync);
        _events = new($"COPY {_at}.outbox (sequence, category, kind, time, body) FROM STDIN (FORMAT BINARY)", WriteEventAsync);
    }

    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<PostgreSqlServerStateTransaction> BeginAsync(GuardedSession guarded, Action ended)
    {
        var connection = await guarded.Session.Database.OpenAsync(CancellationToken.None);
        try
        {
            return new(guarded, connection, await connection.BeginTransactionAsync(), ended);
        }
        catch
        {
            await connection.CloseQuietlyAsync();
            throw;
        }
    }

    public ValueTask AppendEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        if (entries.Count == 0)
            return;
        var number = await FindOrMakeAsync(type);
        foreach (var entry in entries)
            await _entries.AddAsync(_connection, (number, entry), entry.Content.Length);
    });

    public ValueTask ReplaceEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        if (entries.Count == 0)
            return;
        var number = await FindOrMakeAsync(type);
        await _entries.FinishAsync(_connection);
        StoredRow[] rows = [.. entries.Reverse().DistinctBy(entry => entry.Id)];
        await _connection
            .Command(
                $"""
                UPDATE {_at}.entries e SET key_hash = n.key_hash, fingerprint = n.fingerprint, content = n.content
                FROM unnest($2, $3, $4, $5) n (id, key_hash, fingerprint, content) WHERE e.type = $1 AND e.id = n.id
                """)
            .With(number, NpgsqlDbType.Integer)
            .With(rows.Select(row => row.Id).ToArray(), Numbers)
            .With(rows.Select(row => row.KeyHash.ToArray()).ToArray(), Blobs)
            .With(rows.Select(row => row.Fingerprint.ToArray()).ToArray(), Blobs)
            .With(rows.Select(row => row.Content).ToArray(), Blobs)
            .RunAsync(CancellationToken.None);
    });

    public ValueTask DeleteEntriesAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        if (ids.Count == 0)
            return;
        var number = await FindOrMakeAsync(type);
        await _entries.FinishAsync(_connection);
        await _connection.Command($"DELETE FROM {_at}.entries WHERE type = $1 AND id = ANY ($2)")
            .With(number, NpgsqlDbType.Integer)
            .With(ids.ToArray(), Numbers)
            .RunAsync(CancellationToken.None);
    });

    public ValueTask DropTypeAsync(string type, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        await _entries.FinishAsync(_connection);
        await _connection.Command($"DELETE FROM {_at}.entries WHERE type = (SELECT number FROM {_at}.types WHERE name = $1)")
            .With(type, NpgsqlDbType.Text)
            .RunAsync(CancellationToken.None);
        await _connection.Command($"DELETE FROM {_at}.types WHERE name = $1").With(type, NpgsqlDbType.Text).RunAsync(CancellationToken.None);
        _types.Remove(type);
    });

    public ValueTask StartAnewAsync(long writeBacksAfter, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        await _events.FinishAsync(_connection);
        await _connection.Command($"DELETE FROM {_at}.outbox").RunAsync(CancellationToken.None);
        await _connection.Command($"UPDATE {_at}.write_backs SET sequence = $1").With(writeBacksAfter, NpgsqlDbType.Bigint).RunAsync(CancellationToken.None);
    });

    public ValueTask AppendEventsAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        foreach (var item in events)
            await _events.AddAsync(_connection, item, item.Body.Length);
    });

    public ValueTask AppendWriteBacksAsync(IReadOnlyList<StoredWriteBack> writeBacks, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        if (writeBacks.Count == 0)
            return;
        await _connection
            .Command($"INSERT INTO {_at}.write_backs (sequence, body) SELECT sequence, body FROM unnest($1, $2) WITH ORDINALITY n (sequence, body, place) ORDER BY place")
            .With(writeBacks.Select(item => item.Sequence).ToArray(), Numbers)
            .With(writeBacks.Select(item => item.Body).ToArray(), Blobs)
            .RunAsync(CancellationToken.None);
    });

    public ValueTask WriteDocumentAsync(string name, byte[] content, CancellationToken cancellationToken) => WriteAsync(() => _connection
        .Command($"INSERT INTO {_at}.documents (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = $2")
        .With(name, NpgsqlDbType.Text)
        .With(content, NpgsqlDbType.Bytea)
        .RunAsync(CancellationToken.None));

    public ValueTask CommitAsync(ServerStateHeader header, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        await _entries.FinishAsync(_connection);
        await _events.FinishAsync(_connection);
        var isCommitted = await _guarded.Session.CommitAsync(_connection, _transaction, batch => batch
            .Add(
                $"""
                INSERT INTO {_at}.header (one, producer, hash_key, schema, is_filled, status, last_sequence) VALUES (true, $1, $2, $3, $4, $5, $6)
                ON CONFLICT (one) DO UPDATE SET producer = $1, hash_key = $2, schema = $3, is_filled = $4, status = $5, last_sequence = $6
                """)
            .With(header.ProducerId, NpgsqlDbType.Text)
            .With(header.HashKey, NpgsqlDbType.Bytea)
            .With(header.Schema, NpgsqlDbType.Text)
            .With(header.IsFilled, NpgsqlDbType.Boolean)
            .With(header.Status, NpgsqlDbType.Text)
            .With(header.LastSequence, NpgsqlDbType.Bigint));
        if (!isCommitted)
            throw _guarded.TakenOver();
        await DisposeAsync();
    });

    public async ValueTask DisposeAsync()
    {
        if (_isEnded)
            return;
        _isEnded = true;

        // What was not committed goes with the session, or is taken back before that is used again.
        await _connection.CloseQuietlyAsync();
        _ended();
    }

    private static async Task WriteEntryAsync(NpgsqlBinaryImporter importer, (int Type, StoredRow Row) entry)
    {
        await importer.WriteAsync(entry.Type, NpgsqlDbType.Integer);
        await importer.WriteAsync(entry.Row.Id, NpgsqlDbType.Bigint);
        await importer.WriteAsync(entry.Row.KeyHash.ToArray(), NpgsqlDbType.Bytea);
        await importer.WriteAsync(entry.Row.Fingerprint.ToArray(), NpgsqlDbType.Bytea);
        await importer.WriteAsync(entry.Row.Content, NpgsqlDbType.Bytea);
    }

    private static async Task WriteEventAsync(NpgsqlBinaryImporter importer, OutboxEvent item)
    {
        await importer.WriteAsync(item.Sequence, NpgsqlDbType.Bigint);
        await importer.WriteAsync(item.Category, NpgsqlDbType.Text);
        await importer.WriteAsync(item.Kind, NpgsqlDbType.Text);
        await importer.WriteAsync(item.Time.UtcTicks, NpgsqlDbType.Bigint);
        await importer.WriteAsync(item.Body, NpgsqlDbType.Bytea);
    }

    private async ValueTask WriteAsync(Func<Task> write)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        await _guarded.GuardAsync(async () =>
        {
            await write();
            return true;
        });
    }

    private async Task<int> FindOrMakeAsync(string type)
    {
        if (_types.TryGetValue(type, out var known))
            return known;
        await _connection
            .Command($"INSERT INTO {_at}.types (number, name) SELECT coalesce(max(number), 0) + 1, $1 FROM {_at}.types ON CONFLICT (name) DO NOTHING")
            .With(type, NpgsqlDbType.Text)
            .RunAsync(CancellationToken.None);
        return _types[type] = await _connection.Command($"SELECT number FROM {_at}.types WHERE name = $1").With(type, NpgsqlDbType.Text).ScalarAsync<int>(CancellationToken.None);
    }
}

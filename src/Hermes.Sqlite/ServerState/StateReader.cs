using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>
/// Reads a server state over a connection of its own, which sees what was committed and nothing of an open transaction. Lists are read page
/// by page, so that no read lasts longer than one call.
/// </summary>
internal sealed class StateReader(SqliteConnection connection) : IDisposable
{
    private const int KeysAtOnce = 4096;

    private readonly Dictionary<string, SqliteStatement> _contents = new(StringComparer.Ordinal);
    private TypeTables? _tables;

    private TypeTables Tables => _tables ??= TypeTables.Read(connection);

    public ServerStateHeader? Header()
    {
        using var row = new SqliteStatement(connection, "SELECT producer, hash_key, schema, is_filled, status, last_sequence FROM header");
        return row.Read()
            ? new ServerStateHeader(row.Text(0), row.Blob(1).ToArray(), row.Text(2), row.Long(3) != 0, row.Text(4), row.Long(5))
            : null;
    }

    public long OutboxLength() => (long)connection.Scalar("SELECT count(*) FROM outbox")!;

    public byte[]? Document(string name)
    {
        using var row = new SqliteStatement(connection, "SELECT content FROM documents WHERE name = ?1");
        return row.Bind(0, name).Read() ? row.Blob(0).ToArray() : null;
    }

    public IReadOnlyList<StoredKey> Keys(string type, long after) => Page(
        type, "id, key_hash, fingerprint", after, KeysAtOnce, row => new StoredKey(row.Long(0), Hash128.Read(row.Blob(1)), Hash128.Read(row.Blob(2))));

    public IReadOnlyList<StoredRow> Entries(string type, long after, int limit) => Page(
        type,
        "id, key_hash, fingerprint, content",
        after,
        limit,
        row => new StoredRow(row.Long(0), Hash128.Read(row.Blob(1)), Hash128.Read(row.Blob(2)), row.Blob(3).ToArray()));

    public byte[][] Contents(string type, IReadOnlyList<long> ids)
    {
        if (!_contents.TryGetValue(type, out var reader))
        {
            var table = Tables.Find(type) ?? throw NoEntry(type, ids[0]);
            _contents.Add(type, reader = new SqliteStatement(connection, $"SELECT content FROM {table.Table} WHERE id = ?1"));
        }

        // One read transaction for all: each statement by itself would take its own.
        using var transaction = connection.BeginTransaction(deferred: true);
        try
        {
            return [.. ids.Select(id => reader.Bind(0, id).Read() ? Content(reader) : throw NoEntry(type, id))];
        }
        finally
        {
            reader.Reset();
        }
    }

    public IReadOnlyList<OutboxEvent> Outbox(long after, int maxEvents, long maxBytes)
    {
        using var rows = new SqliteStatement(
            connection, "SELECT sequence, category, kind, time, body FROM outbox WHERE sequence > ?1 ORDER BY sequence LIMIT ?2");
        rows.Bind(0, after).Bind(1, maxEvents);
        var events = new List<OutboxEvent>();
        for (var bytes = 0L; bytes < maxBytes && rows.Read();)
        {
            var time = new DateTimeOffset(rows.Long(3), TimeSpan.Zero);
            var body = rows.Blob(4).ToArray();
            bytes += body.Length;
            if (bytes > maxBytes && events.Count > 0)
                break;
            events.Add(new OutboxEvent(rows.Long(0), SharedNames.Get(rows.Blob(1)), SharedNames.Get(rows.Blob(2)), time, body));
        }

        return events;
    }

    public IReadOnlyList<DueWriteBack> DueWriteBacks(int limit)
    {
        using var rows = new SqliteStatement(
            connection,
            """
            SELECT number, body FROM write_backs
            WHERE sequence < coalesce((SELECT min(sequence) FROM outbox), 9223372036854775807) ORDER BY sequence, number LIMIT ?1
            """);
        rows.Bind(0, limit);
        var due = new List<DueWriteBack>();
        while (rows.Read())
            due.Add(new DueWriteBack(rows.Long(0), rows.Blob(1).ToArray()));
        return due;
    }

    /// <summary>Forgets what it knows of the tables: they may have changed.</summary>
    public void Forget()
    {
        _tables = null;
        foreach (var statement in _contents.Values)
            statement.Dispose();
        _contents.Clear();
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private static byte[] Content(SqliteStatement row)
    {
        var content = row.Blob(0).ToArray();
        row.Reset();
        return content;
    }

    private List<T> Page<T>(string type, string columns, long after, int most, Func<SqliteStatement, T> read)
    {
        var page = new List<T>();
        if (Tables.Find(type) is not { } table)
            return page;
        using var rows = new SqliteStatement(connection, $"SELECT {columns} FROM {table.Table} WHERE id > ?1 ORDER BY id LIMIT ?2");
        rows.Bind(0, after).Bind(1, most);
        while (rows.Read())
            page.Add(read(rows));
        return page;
    }

    private static ServerStateException NoEntry(string type, long id) => new(
        $"The server state has no entry {id} of {type}, although its index names it: the state file is damaged. Restore it from a backup.",
        FaultKind.Permanent);
}

using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.PostgreSql.Database;
using Hermes.ServerRuntime.State;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ServerState;

/// <summary>The questions to a server state. Lists are read page by page, so that no read lasts longer than one call.</summary>
internal sealed class StateReader(PostgreSqlDatabase database)
{
    private readonly string _at = database.Quoted;

    public async Task<ServerStateHeader?> HeaderAsync(NpgsqlConnection connection) =>
        (await connection.Command($"SELECT producer, hash_key, schema, is_filled, status, last_sequence FROM {_at}.header").RowsAsync(
            row => new ServerStateHeader(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.GetBoolean(3), row.GetString(4), row.GetInt64(5)),
            default)).FirstOrDefault();

    public Task<long> OutboxLengthAsync(NpgsqlConnection connection) => connection.Command($"SELECT count(*) FROM {_at}.outbox").ScalarAsync<long>(default);

    public Task<byte[]?> DocumentAsync(NpgsqlConnection connection, string name) =>
        connection.Command($"SELECT content FROM {_at}.documents WHERE name = $1").With(name, NpgsqlDbType.Text).ScalarAsync<byte[]>(default);

    public async Task<IReadOnlyList<StoredKey>> KeysAsync(NpgsqlConnection connection, string type, long after, int limit) =>
        await Page(connection, "id, key_hash, fingerprint", type, after, limit)
            .RowsAsync(row => new StoredKey(row.GetInt64(0), Hash(row, 1), Hash(row, 2)), default);

    public async Task<IReadOnlyList<StoredRow>> EntriesAsync(NpgsqlConnection connection, string type, long after, int limit) =>
        await Page(connection, "id, key_hash, fingerprint, content", type, after, limit)
            .RowsAsync(row => new StoredRow(row.GetInt64(0), Hash(row, 1), Hash(row, 2), row.GetFieldValue<byte[]>(3)), default);

    public async Task<IReadOnlyList<byte[]>> ContentsAsync(NpgsqlConnection connection, string type, IReadOnlyList<long> ids)
    {
        var contents = await connection
            .Command(
                $"""
                SELECT e.content FROM unnest($2) WITH ORDINALITY w (id, place)
                LEFT JOIN {_at}.entries e ON e.type = (SELECT number FROM {_at}.types WHERE name = $1) AND e.id = w.id
                ORDER BY w.place
                """)
            .With(type, NpgsqlDbType.Text)
            .With(ids.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)
            .RowsAsync(row => row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), default);
        var missing = contents.IndexOf(null);
        return missing < 0
            ? [.. contents.OfType<byte[]>()]
            : throw new ServerStateException(
                $"The server state in the {database.Place} has no entry {ids[missing]} of {type}, although its index names it: it is damaged. Restore it from a backup.",
                FaultKind.Permanent);
    }

    public async Task<IReadOnlyList<OutboxEvent>> OutboxAsync(NpgsqlConnection connection, long after, int maxEvents, long maxBytes) =>
        await connection
            .Command(
                $"""
                SELECT sequence, category, kind, time, body FROM (
                    SELECT *, sum(octet_length(body)) OVER (ORDER BY sequence) AS bytes, row_number() OVER (ORDER BY sequence) AS place
                    FROM (SELECT * FROM {_at}.outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2) o) o
                WHERE bytes <= $3 OR place = 1 ORDER BY sequence
                """)
            .With(after, NpgsqlDbType.Bigint)
            .With((long)maxEvents, NpgsqlDbType.Bigint)
            .With(maxBytes, NpgsqlDbType.Bigint)
            .RowsAsync(
                row => new OutboxEvent(
                    row.GetInt64(0),
                    SharedNames.Get(row.GetString(1)),
                    SharedNames.Get(row.GetString(2)),
                    new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
                    row.GetFieldValue<byte[]>(4)),
                default);

    public async Task<IReadOnlyList<DueWriteBack>> DueWriteBacksAsync(NpgsqlConnection connection, int limit) =>
        await connection
            .Command(
                $"""
                SELECT number, body FROM {_at}.write_backs
                WHERE sequence < coalesce((SELECT min(sequence) FROM {_at}.outbox), 9223372036854775807) ORDER BY sequence, number LIMIT $1
                """)
            .With((long)limit, NpgsqlDbType.Bigint)
            .RowsAsync(row => new DueWriteBack(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), default);

    private static Hash128 Hash(NpgsqlDataReader row, int column) => Hash128.Read(row.GetFieldValue<byte[]>(column));

    private NpgsqlCommand Page(NpgsqlConnection connection, string columns, string type, long after, int limit) => connection
        .Command($"SELECT {columns} FROM {_at}.entries WHERE type = (SELECT number FROM {_at}.types WHERE name = $1) AND id > $2 ORDER BY id LIMIT $3")
        .With(type, NpgsqlDbType.Text)
        .With(after, NpgsqlDbType.Bigint)
        .With((long)limit, NpgsqlDbType.Bigint);
}

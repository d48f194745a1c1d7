using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.PostgreSql.Database;
using Hermes.Runtime.Buses;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.Bus;

/// <summary>Reads the next messages over a connection, a portion at a time, so that no transaction stays open while they are worked on.</summary>
internal sealed class PostgreSqlBusReader(PostgreSqlDatabase database, NpgsqlConnection connection) : IAsyncDisposable
{
    private const int MessagesPerPortion = 1000;
    private const long BytesPerPortion = 4_000_000;
    private const string Columns = "msgoffset, time, id, category, headers, body";

    private readonly string _last = $"SELECT last FROM {database.Quoted}.bus";

    // As many bytes as are wanted, and one message at least.
    private readonly string _next =
        $"""
        SELECT {Columns} FROM (
            SELECT {Columns}, total - first_value(total) OVER (ORDER BY msgoffset) AS bytes
            FROM {database.Quoted}.messages WHERE msgoffset >= $1 ORDER BY msgoffset LIMIT {MessagesPerPortion}) m
        WHERE bytes < {BytesPerPortion}
        ORDER BY msgoffset
        """;

    private readonly string _search =
        $"SELECT {Columns} FROM {database.Quoted}.messages WHERE msgoffset BETWEEN $1 AND $2 AND position($3 in body) > 0 ORDER BY msgoffset";

    public Task<BusOffset?> FirstAsync(CancellationToken cancellationToken) => OffsetAsync($"SELECT min(msgoffset) FROM {database.Quoted}.messages", cancellationToken);

    public Task<BusOffset?> LastAsync(CancellationToken cancellationToken) => OffsetAsync($"SELECT max(msgoffset) FROM {database.Quoted}.messages", cancellationToken);

    public Task<string?> IncarnationAsync(CancellationToken cancellationToken) =>
        connection.Command($"SELECT incarnation FROM {database.Quoted}.bus").ScalarAsync<string>(cancellationToken);

    /// <exception cref="BusPositionBeyondEndException">The offset lies beyond the one after the last message ever written.</exception>
    public async Task<bool> CheckNotBeyondEndAsync(BusOffset wanted, CancellationToken cancellationToken)
    {
        var last = await connection.Command(_last).ScalarAsync<long>(cancellationToken);
        return wanted.Value <= last + 1 ? true : throw new BusPositionBeyondEndException(wanted, last > 0 ? new BusOffset(last) : null);
    }

    /// <summary>The next messages from an offset on (from the first one kept: null), none if there are none yet.</summary>
    /// <exception cref="BusMessageExpiredException">The message at the offset was removed.</exception>
    public async Task<List<ReceivedMessage>> ReadAsync(BusOffset? wanted, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);

        // In this order: what was given out before the messages are looked for must be among them, or was removed.
        batch.Add(_last);
        batch.Add(_next).With(wanted?.Value ?? 0, NpgsqlDbType.Bigint);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var last = rows.GetInt64(0);
        await rows.NextResultAsync(cancellationToken);
        var messages = await MessagesAsync(rows, cancellationToken);
        if (wanted is { } offset && (messages.Count > 0 ? messages[0].Offset > offset : offset.Value <= last))
            throw new BusMessageExpiredException(offset, messages.Count > 0 ? messages[0].Offset : null);
        return messages;
    }

    /// <summary>The messages from an offset to another one whose body holds some bytes.</summary>
    public async Task<List<ReceivedMessage>> SearchAsync(byte[] part, long first, long last, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(_search)
            .With(first, NpgsqlDbType.Bigint)
            .With(last, NpgsqlDbType.Bigint)
            .With(part, NpgsqlDbType.Bytea);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await MessagesAsync(rows, cancellationToken);
    }

    /// <summary>Lets the database tell this session of new messages.</summary>
    public async Task<bool> ListenAsync(CancellationToken cancellationToken)
    {
        await connection.Command($"LISTEN {PostgreSqlDatabase.Quote(BusTables.Channel(database))}").RunAsync(cancellationToken);
        return true;
    }

    /// <summary>Waits until the database tells of new messages, or the time is over.</summary>
    public Task<bool> WaitAsync(TimeSpan most, CancellationToken cancellationToken) => connection.WaitAsync(most, cancellationToken);

    public ValueTask DisposeAsync() => connection.CloseQuietlyAsync();

    private async Task<List<ReceivedMessage>> MessagesAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var messages = new List<ReceivedMessage>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var offset = new BusOffset(rows.GetInt64(0));
            var message = new BusMessage(SharedNames.Get(rows.GetString(3)), rows.GetFieldValue<byte[]>(5))
            {
                Id = rows.IsDBNull(2) ? null : rows.GetString(2),
                Headers = rows.IsDBNull(4) ? BusMessage.NoHeaders : new StoredHeaders(rows.GetFieldValue<byte[]>(4), offset, database.Place),
            };
            messages.Add(new ReceivedMessage(message, offset, new DateTimeOffset(rows.GetDateTime(1), TimeSpan.Zero)));
        }

        return messages;
    }

    private async Task<BusOffset?> OffsetAsync(string sql, CancellationToken cancellationToken) =>
        await connection.Command(sql).ScalarAsync<long?>(cancellationToken) is { } value ? new BusOffset(value) : null;
}

using System.Globalization;
using Hermes.Abstractions.Buses;
using Hermes.PostgreSql.Database;
using Hermes.Runtime.Buses;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.Bus;

/// <summary>Writes messages in an open transaction, which from <see cref="BeginAsync"/> on keeps all other senders out. Not for use by several threads.</summary>
/// <param name="database">The database.</param>
/// <param name="longest">
/// For how long the right to give out offsets may be kept by a sender that says nothing more: a process that stands still keeps its connections, and no other sender would
/// get on.
/// </param>
internal sealed class BusAppender(PostgreSqlDatabase database, TimeSpan longest)
{
    private const string EndIfSilent = "SELECT set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true)";

    private readonly string _longest = ((long)longest.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    private readonly string _lock = $"SELECT incarnation, last, total, clock_timestamp() FROM {database.Quoted}.bus FOR UPDATE";
    private readonly string _known = $"SELECT id, body FROM {database.Quoted}.messages WHERE id = ANY ($1)";
    private readonly string _copy = $"COPY {database.Quoted}.messages (msgoffset, time, total, id, category, headers, body) FROM STDIN (FORMAT BINARY)";
    private readonly string _moveOn = $"UPDATE {database.Quoted}.bus SET last = $1, total = $2";
    private readonly HeadersWriter _headers = new();

    /// <summary>Takes the right to give out offsets, and looks which messages are there already.</summary>
    public async Task<BusPortion> BeginAsync(
        NpgsqlConnection connection, IReadOnlyList<BusMessage> messages, int first, int count, CancellationToken cancellationToken)
    {
        var ids = new List<string>(count);
        for (var i = first; i < first + count; i++)
        {
            if (messages[i].Id is { } id)
                ids.Add(id);
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.Add(EndIfSilent).With(_longest, NpgsqlDbType.Text);
        batch.Add(PostgreSqlDatabase.WaitForDisk);
        batch.Add(_lock);
        if (ids.Count > 0)
            batch.Add(_known).With(ids.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (reader.FieldCount < 4)
            await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var portion = new BusPortion(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetDateTime(3));
        var known = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (await reader.NextResultAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                known.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        }

        portion.Choose(messages, first, count, known);
        return portion;
    }

    /// <summary>Writes what is new, and tells the readers of it as soon as it is committed.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, BusPortion portion, CancellationToken cancellationToken)
    {
        if (portion.New.Count == 0)
            return;
        var (offset, total) = (portion.Last, portion.Total);
        await using (var rows = await connection.BeginBinaryImportAsync(_copy, cancellationToken))
        {
            foreach (var message in portion.New)
            {
                await rows.StartRowAsync(cancellationToken);
                await rows.WriteAsync(++offset, NpgsqlDbType.Bigint, cancellationToken);
                await rows.WriteAsync(portion.Time, NpgsqlDbType.TimestampTz, cancellationToken);
                await rows.WriteAsync(total += message.Body.Length, NpgsqlDbType.Bigint, cancellationToken);
                if (message.Id is { } id)
                    await rows.WriteAsync(id, NpgsqlDbType.Text, cancellationToken);
                else
                    await rows.WriteNullAsync(cancellationToken);
                await rows.WriteAsync(message.Category, NpgsqlDbType.Text, cancellationToken);
                if (message.Headers.Count > 0)
                    await rows.WriteAsync(_headers.Write(message.Headers).ToArray(), NpgsqlDbType.Bytea, cancellationToken);
                else
                    await rows.WriteNullAsync(cancellationToken);
                await rows.WriteAsync(message.Body, NpgsqlDbType.Bytea, cancellationToken);
            }

            await rows.CompleteAsync(cancellationToken);
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.Add(_moveOn).With(offset, NpgsqlDbType.Bigint).With(total, NpgsqlDbType.Bigint);
        batch.Add("SELECT pg_notify($1, '')").With(BusTables.Channel(database), NpgsqlDbType.Text);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}

using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Codecs;
using Hermes.Diff.Encoding;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>The error queue.</summary>
internal sealed class QueueRows
{
    private static readonly string[] Columns =
    [
        "number", "type", "key", "kind", "remotetype", "remote", "remotetrashed", "local", "localtrashed", "fault", "secrets", "since", "attempts", "last", "message", "steps",
        "partial", "inflight", "addedagain", "remotebefore", "remotebeforetrashed", "results", "brokenoff", "holdertype", "holderkey", "grp", "cause",
        "producer", "producernumber",
    ];

    private readonly string _at;
    private readonly ISecretProtector _protector;
    private readonly string _select;
    private readonly string _put;

    public QueueRows(string at, ISecretProtector protector)
    {
        (_at, _protector) = (at, protector);
        var columns = string.Join(", ", Columns);
        _select = $"SELECT {columns} FROM {at}.queue";
        _put =
            $"""
            INSERT INTO {at}.queue ({columns}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"${i + 1}"))})
            ON CONFLICT (number) DO UPDATE SET {string.Join(", ", Columns.Skip(1).Select(column => $"{column} = EXCLUDED.{column}"))}
            """;
    }

    public async Task<IReadOnlyList<QueuedEvent>> ReadAsync(NpgsqlConnection connection, long after, int limit) =>
        await connection.Command($"{_select} WHERE number > $1 ORDER BY number LIMIT $2")
            .With(after, NpgsqlDbType.Bigint)
            .With((long)limit, NpgsqlDbType.Bigint)
            .RowsAsync(ReadRow, default);

    public async Task<IReadOnlyList<QueuedEvent>> FindAsync(NpgsqlConnection connection, IReadOnlyList<long> numbers) =>
        await connection.Command($"{_select} WHERE number = ANY ($1) ORDER BY number")
            .With(numbers.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)
            .RowsAsync(ReadRow, default);

    public async Task<QueueStretch> FindAsync(NpgsqlConnection connection, QueueFilter filter, long after, int limit, int most)
    {
        var command = connection
            .Command($"SELECT number, since, message FROM {_at}.queue WHERE {(filter.Group is null ? "" : "grp = $3 AND ")}number > $1 ORDER BY number LIMIT $2")
            .With(after, NpgsqlDbType.Bigint)
            .With((long)most, NpgsqlDbType.Bigint);
        if (filter.Group is { } group)
            command.With(group, NpgsqlDbType.Bigint);
        var rows = await command.RowsAsync(row => (Number: row.GetInt64(0), Since: Time(row.GetInt64(1)), Message: row.GetString(2)), default);
        var (found, last, count) = (new List<long>(), after, 0);
        for (; found.Count < limit && count < rows.Count; count++)
        {
            last = rows[count].Number;
            if (filter.Holds(rows[count].Message, rows[count].Since))
                found.Add(last);
        }

        return new QueueStretch(found, found.Count < limit && count < most ? null : last);
    }

    /// <summary>Adds what writes events to a batch; the last change of a number counts.</summary>
    public void Add(NpgsqlBatch batch, IReadOnlyList<QueueChange> changes)
    {
        QueueChange[] last = [.. changes.Reverse().DistinctBy(change => change.Number)];
        long[] removed = [.. last.Where(change => change.Event is null).Select(change => change.Number)];
        if (removed.Length > 0)
            batch.Add($"DELETE FROM {_at}.queue WHERE number = ANY ($1)").With(removed, NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        foreach (var change in last)
        {
            if (change.Event is { } queued)
                Put(batch.Add(_put), queued);
        }
    }

    private void Put(NpgsqlBatchCommand command, QueuedEvent queued)
    {
        var (@event, attempts) = (queued.Event, queued.Attempts);
        command
            .With(queued.Number, NpgsqlDbType.Bigint)
            .With(@event.Type, NpgsqlDbType.Text)
            .With(EntryCodec.EncodeKey(@event.Key), NpgsqlDbType.Bytea)
            .With((int)@event.Kind, NpgsqlDbType.Integer)
            .With(@event.RemoteType, NpgsqlDbType.Text)
            .With(StoredView.Content(@event.Remote), NpgsqlDbType.Bytea)
            .With(StoredView.Trashed(@event.Remote), NpgsqlDbType.Bigint)
            .With(StoredView.Content(@event.Local), NpgsqlDbType.Bytea)
            .With(StoredView.Trashed(@event.Local), NpgsqlDbType.Bigint)
            .With(StoredText.Of(@event.Fault), NpgsqlDbType.Text)
            .With(@event.Secrets.IsEmpty ? null : _protector.Protect(SecretsCodec.Encode(@event.Secrets)), NpgsqlDbType.Bytea)
            .With(queued.Since.UtcTicks, NpgsqlDbType.Bigint)
            .With(attempts.Count, NpgsqlDbType.Integer)
            .With(attempts.Last?.UtcTicks, NpgsqlDbType.Bigint)
            .With(StoredText.Of(attempts.Message), NpgsqlDbType.Text)
            .With(StepsCodec.Names(attempts.CompletedSteps), NpgsqlDbType.Text)
            .With(attempts.IsPartiallyProcessed, NpgsqlDbType.Boolean)
            .With(attempts.IsInFlight, NpgsqlDbType.Boolean)
            .With(@event.AddedAgain.IsEmpty ? null : JsonSerializer.Serialize(@event.AddedAgain, StateJson.Default.ImmutableArrayString), NpgsqlDbType.Text)
            .With(StoredView.Content(@event.RemoteBefore), NpgsqlDbType.Bytea)
            .With(StoredView.Trashed(@event.RemoteBefore), NpgsqlDbType.Bigint)
            .With(StepsCodec.Results(attempts.CompletedSteps) is { } results ? _protector.Protect(results) : null, NpgsqlDbType.Bytea)
            .With(attempts.WasBrokenOff, NpgsqlDbType.Boolean)
            .With(attempts.Holder?.Type, NpgsqlDbType.Text)
            .With(attempts.Holder is { } holder ? EntryCodec.EncodeKey(holder.Key) : null, NpgsqlDbType.Bytea)
            .With(attempts.Cause?.Id, NpgsqlDbType.Bigint)
            .With(StoredText.Of(attempts.Cause is { } cause ? CauseCodec.Encode(cause) : null), NpgsqlDbType.Text)
            .With(@event.Origin.Producer, NpgsqlDbType.Text)
            .With(@event.Origin.Number, NpgsqlDbType.Bigint);
    }

    private QueuedEvent ReadRow(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        new LocalEvent(
            row.GetString(1),
            EntryCodec.DecodeKey(row.GetFieldValue<byte[]>(2)),
            (LocalEventKind)row.GetInt32(3),
            row.GetString(4),
            StoredView.Read(row, 5, 6),
            StoredView.Read(row, 7, 8),
            row.IsDBNull(10) ? EventSecrets.None : SecretsCodec.Decode(_protector.Unprotect(row.GetFieldValue<byte[]>(10))),
            row.IsDBNull(9) ? null : row.GetString(9))
        {
            AddedAgain = row.IsDBNull(18) ? [] : JsonSerializer.Deserialize(row.GetString(18), StateJson.Default.ImmutableArrayString),
            RemoteBefore = StoredView.Read(row, 19, 20),
            Origin = new EventOrigin(row.IsDBNull(27) ? null : row.GetString(27), row.GetInt64(28)),
        },
        Time(row.GetInt64(11)),
        new AttemptLog(
            row.GetInt32(12),
            row.IsDBNull(13) ? null : Time(row.GetInt64(13)),
            row.GetString(14),
            StepsCodec.Decode(row.GetString(15), row.IsDBNull(21) ? null : _protector.Unprotect(row.GetFieldValue<byte[]>(21))),
            row.GetBoolean(16),
            row.GetBoolean(17))
        {
            WasBrokenOff = row.GetBoolean(22),
            Holder = row.IsDBNull(23) ? null : new EntryId(row.GetString(23), EntryCodec.DecodeKey(row.GetFieldValue<byte[]>(24))),
            Cause = row.IsDBNull(26) ? null : CauseCodec.Decode(row.GetString(26)),
        });

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}

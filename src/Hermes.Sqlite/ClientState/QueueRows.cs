using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Codecs;
using Hermes.Diff.Encoding;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>The error queue.</summary>
internal sealed class QueueRows : IDisposable
{
    private const string Columns = "number, type, key, kind, remotetype, remote, remotetrashed, local, localtrashed, fault, secrets, "
        + "since, attempts, last, message, steps, partial, inflight, addedagain, remotebefore, remotebeforetrashed, results, brokenoff, holdertype, holderkey, grp, cause, "
        + "producer, producernumber";

    private readonly SqliteConnection _connection;
    private readonly ISecretProtector _protector;
    private readonly SqliteStatement _put;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _remove;

    public QueueRows(SqliteConnection connection, ISecretProtector protector)
    {
        _connection = connection;
        _protector = protector;
        _put = new SqliteStatement(
            connection,
            $"""
            REPLACE INTO queue ({Columns})
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)
            """);
        _find = new SqliteStatement(connection, $"SELECT {Columns} FROM queue WHERE number = ?1");
        _remove = new SqliteStatement(connection, "DELETE FROM queue WHERE number = ?1");
    }

    public IReadOnlyList<QueuedEvent> Read(long after, int limit)
    {
        using var page = new SqliteStatement(_connection, $"SELECT {Columns} FROM queue WHERE number > ?1 ORDER BY number LIMIT ?2");
        page.Bind(0, after).Bind(1, limit);
        var queue = new List<QueuedEvent>();
        while (page.Read())
            queue.Add(ReadRow(page));
        return queue;
    }

    public IReadOnlyList<QueuedEvent> Find(IReadOnlyList<long> numbers)
    {
        var queue = new List<QueuedEvent>(numbers.Count);
        foreach (var number in numbers.Order())
        {
            try
            {
                if (_find.Bind(0, number).Read())
                    queue.Add(ReadRow(_find));
            }
            finally
            {
                _find.Reset();
            }
        }

        return queue;
    }

    public QueueStretch Find(QueueFilter filter, long after, int limit, int most)
    {
        var group = filter.Group is null ? "" : "grp = ?3 AND ";
        using var rows = new SqliteStatement(_connection, $"SELECT number, since, message FROM queue WHERE {group}number > ?1 ORDER BY number LIMIT ?2");
        rows.Bind(0, after).Bind(1, most);
        if (filter.Group is { } wanted)
            rows.Bind(2, wanted);
        var (found, last, count) = (new List<long>(), after, 0);
        while (found.Count < limit && rows.Read())
        {
            (last, count) = (rows.Long(0), count + 1);
            if (filter.Holds(rows.Text(2), Time(rows.Long(1))))
                found.Add(last);
        }

        return new QueueStretch(found, found.Count < limit && count < most ? null : last);
    }

    public void Write(QueueChange change)
    {
        if (change.Event is { } queued)
            Put(queued);
        else
            _remove.Bind(0, change.Number).Run();
    }

    public void Dispose()
    {
        _put.Dispose();
        _find.Dispose();
        _remove.Dispose();
    }

    private void Put(QueuedEvent queued)
    {
        var (@event, attempts) = (queued.Event, queued.Attempts);
        _put.Bind(0, queued.Number)
            .Bind(1, @event.Type)
            .Bind(2, EntryCodec.EncodeKey(@event.Key))
            .Bind(3, (long)@event.Kind)
            .Bind(4, @event.RemoteType)
            .Bind(5, Encode(@event.Remote))
            .Bind(6, @event.Remote?.TrashedSince?.UtcTicks)
            .Bind(7, Encode(@event.Local))
            .Bind(8, @event.Local?.TrashedSince?.UtcTicks)
            .Bind(9, @event.Fault)
            .Bind(10, @event.Secrets.IsEmpty ? null : _protector.Protect(SecretsCodec.Encode(@event.Secrets)))
            .Bind(11, queued.Since.UtcTicks)
            .Bind(12, attempts.Count)
            .Bind(13, attempts.Last?.UtcTicks)
            .Bind(14, attempts.Message)
            .Bind(15, StepsCodec.Names(attempts.CompletedSteps))
            .Bind(16, attempts.IsPartiallyProcessed ? 1 : 0)
            .Bind(17, attempts.IsInFlight ? 1 : 0)
            .Bind(18, @event.AddedAgain.IsEmpty ? null : JsonSerializer.Serialize(@event.AddedAgain, StateJson.Default.ImmutableArrayString))
            .Bind(19, Encode(@event.RemoteBefore))
            .Bind(20, @event.RemoteBefore?.TrashedSince?.UtcTicks)
            .Bind(21, StepsCodec.Results(attempts.CompletedSteps) is { } results ? _protector.Protect(results) : null)
            .Bind(22, attempts.WasBrokenOff ? 1 : 0)
            .Bind(23, attempts.Holder?.Type)
            .Bind(24, attempts.Holder is { } holder ? EntryCodec.EncodeKey(holder.Key) : null)
            .Bind(25, attempts.Cause?.Id)
            .Bind(26, attempts.Cause is { } cause ? CauseCodec.Encode(cause) : null)
            .Bind(27, @event.Origin.Producer)
            .Bind(28, @event.Origin.Number)
            .Run();
    }

    private QueuedEvent ReadRow(SqliteStatement row) => new(
        row.Long(0),
        new LocalEvent(
            row.Text(1),
            EntryCodec.DecodeKey(row.Blob(2)),
            (LocalEventKind)row.Long(3),
            row.Text(4),
            ReadView(row, 5, 6),
            ReadView(row, 7, 8),
            row.IsNull(10) ? EventSecrets.None : SecretsCodec.Decode(_protector.Unprotect(row.Blob(10))),
            row.IsNull(9) ? null : row.Text(9))
        {
            AddedAgain = row.IsNull(18) ? [] : JsonSerializer.Deserialize(row.Text(18), StateJson.Default.ImmutableArrayString),
            RemoteBefore = ReadView(row, 19, 20),
            Origin = new EventOrigin(row.IsNull(27) ? null : row.Text(27), row.LongOrNull(28) ?? 0),
        },
        Time(row.Long(11)),
        new AttemptLog(
            (int)row.Long(12),
            row.LongOrNull(13) is { } last ? Time(last) : null,
            row.Text(14),
            StepsCodec.Decode(row.Text(15), row.IsNull(21) ? null : _protector.Unprotect(row.Blob(21))),
            row.Long(16) == 1,
            row.Long(17) == 1)
        {
            WasBrokenOff = row.Long(22) == 1,
            Holder = row.IsNull(23) ? null : new EntryId(row.Text(23), EntryCodec.DecodeKey(row.Blob(24))),
            Cause = row.IsNull(26) ? null : CauseCodec.Decode(row.Text(26)),
        });

    private static EntryView? ReadView(SqliteStatement row, int content, int trashed) => row.IsNull(content)
        ? null
        : new EntryView(EntryCodec.Decode(row.Blob(content)), row.LongOrNull(trashed) is { } ticks ? Time(ticks) : null);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static byte[]? Encode(EntryView? view) => view is null ? null : EntryCodec.Encode(view.Entry);
}

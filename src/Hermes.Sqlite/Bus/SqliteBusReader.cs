using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Bus;

/// <summary>Reads the next messages of the file, a portion at a time, so that no read transaction stays open while they are worked on.</summary>
internal sealed class SqliteBusReader : IDisposable
{
    private const int MessagesPerPortion = 1000;
    private const long BytesPerPortion = 4_000_000;

    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand removed;
    private readonly SqliteCommand next;
    private readonly SqliteParameter from;

    public SqliteBusReader(string path)
    {
        this.path = path;
        connection = SqliteBusFile.OpenReader(path);
        removed = connection.CreateCommand();
        removed.CommandText = "SELECT max(removed) FROM hermesretention";
        next = connection.CreateCommand();
        next.CommandText = $"SELECT msgid, data, timestamp, id, category, headers FROM hermesmessages WHERE msgid >= $from ORDER BY msgid LIMIT {MessagesPerPortion}";
        from = next.Parameters.Add("$from", SqliteType.Integer);
    }

    public BusOffset? Last() => SqliteBusFile.Told(path, () => Offset("SELECT max(msgid) FROM hermesmessages"));

    /// <exception cref="BusPositionBeyondEndException">The offset lies beyond the one after the last message ever written.</exception>
    public void CheckNotBeyondEnd(BusOffset wanted)
    {
        var last = SqliteBusFile.Told(path, () => Offset("SELECT max(seq) FROM sqlite_sequence WHERE name = 'hermesmessages'"));
        if (wanted.Value > (last?.Value ?? 0) + 1)
            throw new BusPositionBeyondEndException(wanted, last is { Value: > 0 } ? last : null);
    }

    /// <summary>The next messages from an offset on (from the first one kept: null), none if there are none yet.</summary>
    /// <exception cref="BusMessageExpiredException">The message at the offset was removed.</exception>
    public List<ReceivedMessage> Read(BusOffset? wanted) =>
        SqliteBusFile.Told(path, () =>
        {
            using var snapshot = connection.BeginTransaction(deferred: true);
            removed.Transaction = next.Transaction = snapshot;
            if (wanted is { } offset && removed.ExecuteScalar() is long last and > 0 && offset.Value <= last)
                throw new BusMessageExpiredException(offset, Offset("SELECT min(msgid) FROM hermesmessages", snapshot));
            from.Value = wanted?.Value ?? 0;
            return Portion();
        });

    public void Dispose()
    {
        removed.Dispose();
        next.Dispose();
        connection.Dispose();
    }

    private List<ReceivedMessage> Portion()
    {
        var portion = new List<ReceivedMessage>();
        var bytes = 0L;
        using var row = next.ExecuteReader();
        while (bytes < BytesPerPortion && row.Read())
        {
            var message = Message(row);
            portion.Add(message);
            bytes += message.Message.Body.Length;
        }

        return portion;
    }

    private ReceivedMessage Message(SqliteDataReader row)
    {
        var offset = new BusOffset(row.GetInt64(0));
        var body = row.GetFieldValue<byte[]>(1);
        var message = new BusMessage(row.IsDBNull(4) ? SqliteBusCategory.Of(body) : row.GetString(4), body)
        {
            Id = row.IsDBNull(3) ? null : row.GetString(3),
            Headers = row.IsDBNull(5) ? BusMessage.NoHeaders : Headers(row.GetFieldValue<byte[]>(5), offset),
        };
        return new ReceivedMessage(message, offset, DateTimeOffset.UnixEpoch.AddSeconds(row.GetDouble(2)));
    }

    private IReadOnlyDictionary<string, string> Headers(byte[] text, BusOffset offset)
    {
        try
        {
            return SqliteBusHeaders.Read(text);
        }
        catch (JsonException exception)
        {
            throw new BusException(
                $"The headers of message {offset} in {path} cannot be read: {exception.Message} Set the column 'headers' of that message to NULL, or correct it.",
                FaultKind.Permanent,
                exception);
        }
    }

    private BusOffset? Offset(string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar() is long value ? new BusOffset(value) : null;
    }
}

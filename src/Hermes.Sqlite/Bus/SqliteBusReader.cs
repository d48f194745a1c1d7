using System.Text.Json;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Runtime.Buses;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Bus;

/// <summary>Reads the next messages of the file, a portion at a time, so that no read transaction stays open while they are worked on.</summary>
internal sealed class SqliteBusReader : IDisposable
{
    private const int MessagesPerPortion = 1000;
    private const long BytesPerPortion = 4_000_000;
    private const string Columns = "msgid, data, timestamp, id, category, headers";

    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _removed;
    private readonly SqliteStatement _next;
    private readonly SqliteStatement _stretch;

    public SqliteBusReader(string path)
    {
        _path = path;
        _connection = SqliteBusFile.OpenReader(path);
        _removed = _connection.CreateCommand();
        _removed.CommandText = "SELECT max(removed) FROM hermesretention";
        _next = new SqliteStatement(_connection, $"SELECT {Columns} FROM hermesmessages WHERE msgid >= ?1 ORDER BY msgid LIMIT {MessagesPerPortion}");
        _stretch = new SqliteStatement(_connection, $"SELECT {Columns} FROM hermesmessages WHERE msgid BETWEEN ?1 AND ?2 ORDER BY msgid");
    }

    public BusOffset? First() => SqliteBusFile.TranslateErrors(_path, () => Offset("SELECT min(msgid) FROM hermesmessages"));

    public BusOffset? Last() => SqliteBusFile.TranslateErrors(_path, () => Offset("SELECT max(msgid) FROM hermesmessages"));

    public string Incarnation() => SqliteBusFile.TranslateErrors(_path, () => (string)_connection.Scalar("SELECT incarnation FROM hermesbus")!);

    /// <exception cref="BusPositionBeyondEndException">The offset lies beyond the one after the last message ever written.</exception>
    public void CheckNotBeyondEnd(BusOffset wanted)
    {
        var last = SqliteBusFile.TranslateErrors(_path, () => Offset("SELECT max(seq) FROM sqlite_sequence WHERE name = 'hermesmessages'"));
        if (wanted.Value > (last?.Value ?? 0) + 1)
            throw new BusPositionBeyondEndException(wanted, last is { Value: > 0 } ? last : null);
    }

    /// <summary>The next messages from an offset on (from the first one kept: null), none if there are none yet.</summary>
    /// <exception cref="BusMessageExpiredException">The message at the offset was removed.</exception>
    public List<ReceivedMessage> Read(BusOffset? wanted) =>
        SqliteBusFile.TranslateErrors(_path, () =>
        {
            _connection.CheckInPlace(_path);
            using var snapshot = _connection.BeginTransaction(deferred: true);
            _removed.Transaction = snapshot;
            if (wanted is { } offset && _removed.ExecuteScalar() is long last and > 0 && offset.Value <= last)
                throw new BusMessageExpiredException(offset, Offset("SELECT min(msgid) FROM hermesmessages", snapshot));
            _next.Bind(0, wanted?.Value ?? 0);
            return Messages(_next, BytesPerPortion);
        });

    /// <summary>The messages from an offset to another one whose body holds some bytes.</summary>
    public List<ReceivedMessage> Search(byte[] part, long first, long last) =>
        SqliteBusFile.TranslateErrors(_path, () =>
        {
            _connection.CheckInPlace(_path);
            _stretch.Bind(0, first).Bind(1, last);
            return Messages(_stretch, long.MaxValue, part);
        });

    public void Dispose()
    {
        _removed.Dispose();
        _next.Dispose();
        _stretch.Dispose();
        _connection.Dispose();
    }

    // SQLite's own search goes byte by byte.
    private List<ReceivedMessage> Messages(SqliteStatement select, long mostBytes, ReadOnlySpan<byte> part = default)
    {
        var messages = new List<ReceivedMessage>();
        var bytes = 0L;
        try
        {
            while (bytes < mostBytes && select.Read())
            {
                if (select.Blob(1).IndexOf(part) < 0)
                    continue;
                var message = Message(select);
                messages.Add(message);
                bytes += message.Message.Body.Length;
            }
        }
        finally
        {
            select.Reset();
        }

        return messages;
    }

    private ReceivedMessage Message(SqliteStatement row)
    {
        var offset = new BusOffset(row.Long(0));
        var body = row.Blob(1).ToArray();
        var message = new BusMessage(row.IsNull(4) ? SqliteBusCategory.Of(body) : SharedNames.Get(row.Blob(4)), body)
        {
            Id = row.IsNull(3) ? null : row.Text(3),
            Headers = row.Blob(5) is { IsEmpty: false } headers ? new StoredHeaders(headers.ToArray(), offset, _path) : BusMessage.NoHeaders,
        };
        return new ReceivedMessage(message, offset, DateTimeOffset.UnixEpoch.AddSeconds(row.Double(2)));
    }

    private BusOffset? Offset(string sql, SqliteTransaction? transaction = null)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar() is long value ? new BusOffset(value) : null;
    }
}

/// <summary>Finds the category in the body of a message whose writer did not fill the column, as the original program does not.</summary>
internal static class SqliteBusCategory
{
    /// <summary>The body's <c>evcategory</c>, or nothing when there is none: the client then refuses the message, and says so.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isCategory = reader.ValueTextEquals("evcategory"u8);
                reader.Read();
                if (isCategory)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Malformed: the client's decoder tells what and where.
        }

        return "";
    }
}

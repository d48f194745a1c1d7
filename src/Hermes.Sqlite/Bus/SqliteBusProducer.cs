using Hermes.Abstractions.Buses;
using Hermes.Runtime.Buses;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Bus;

/// <summary>Writes messages into the file: many to a transaction, so that one wait for the disk serves them all.</summary>
internal sealed class SqliteBusProducer(SqliteBusOptions options, SqliteBusSignal signal, TimeProvider time) : IMessageBusProducer
{
    /// <summary>Large enough that the disk is waited for rarely, small enough that the write-ahead log stays so too.</summary>
    private const int MessagesPerTransaction = 5000;

    // The body's bytes are bound as a text at SQLite itself: through the driver they would have to become a string and bytes again, which costs more
    // than the insert.
    private const string Insert =
        """
        INSERT INTO hermesmessages (data, timestamp, id, category, headers) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) WHERE id IS NOT NULL DO NOTHING
        """;

    private readonly HeadersWriter _headers = new();
    private readonly SqliteBusRetention _retention = new(options, time);
    private SqliteConnection? _connection;
    private SqliteStatement? _insert;

    /// <remarks>A file that was put in the place of this one is found out here, too, and not only when sending.</remarks>
    public bool IsConnected
    {
        get
        {
            try
            {
                _connection?.CheckInPlace(options.Path);
                return _connection is not null;
            }
            catch (SqliteFileException)
            {
                return false;
            }
        }
    }

    public Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        // SQLite waits for the disk on the calling thread, which belongs to the server's cycle.
        return messages.Count == 0 ? Task.CompletedTask : Task.Run(() => Send(messages, cancellationToken), cancellationToken);
    }

    /// <remarks>Whoever looks at the file that is there now sends to that one next.</remarks>
    public IMessageBusConsumer OpenReader()
    {
        if (!IsConnected)
            Close();
        return new SqliteBusConsumer(options, signal, time);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Send(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        var committed = 0;
        try
        {
            _connection ??= SqliteBusFile.OpenWriter(options.Path);
            committed = SqliteBusFile.TranslateErrors(
                options.Path,
                () =>
                {
                    _insert ??= new SqliteStatement(_connection, Insert);
                    while (committed < messages.Count)
                        committed += Commit(messages, committed, cancellationToken);
                    _retention.Apply(_connection);
                    return committed;
                },
                () => committed);
        }
        catch
        {
            // Whatever state it is in, the next call starts from a fresh one.
            Close();
            throw;
        }
        finally
        {
            if (committed > 0)
                signal.Set(options.Path);
        }
    }

    private int Commit(IReadOnlyList<BusMessage> messages, int first, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(MessagesPerTransaction, messages.Count - first);
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        using var transaction = _connection!.BeginTransaction(deferred: false);
        var added = 0;
        while (added < count && TryAdd(messages[first + added], now))
            added++;
        transaction.Commit();

        // Written, but to a file that nobody reads any more: not confirmed.
        _connection.CheckInPlace(options.Path);
        return added == count ? count : throw new BusMessageConflictException(messages[first + added].Id!) { Confirmed = first + added };
    }

    // A message that is there already is not added again; another one under its id is a conflict, before which the rest of the transaction is kept.
    private bool TryAdd(BusMessage message, double seconds)
    {
        var insert = _insert!;
        insert.BindText(0, message.Body.Span).Bind(1, seconds).Bind(2, message.Id).Bind(3, message.Category);
        if (message.Headers.Count > 0)
            insert.BindText(4, _headers.Write(message.Headers));
        else
            insert.Bind(4, (string?)null);
        insert.Run();
        return SQLitePCL.raw.sqlite3_changes(_connection!.Handle) > 0 || IsThere(message);
    }

    private bool IsThere(BusMessage message)
    {
        using var same = new SqliteStatement(_connection!, "SELECT count(*) FROM hermesmessages WHERE id = ?1 AND data = ?2");
        same.Bind(0, message.Id).BindText(1, message.Body.Span);
        return same.Read() && same.Long(0) > 0;
    }

    private void Close()
    {
        _insert?.Dispose();
        _insert = null;
        _connection?.Dispose();
        _connection = null;
    }
}

/// <summary>Removes messages that are too old or too many, from the oldest on.</summary>
internal sealed class SqliteBusRetention(SqliteBusOptions options, TimeProvider time)
{
    private const int MessagesPerTransaction = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private long? _applied;

    /// <summary>Removes what is due, unless that was done within the last minute.</summary>
    public void Apply(SqliteConnection connection)
    {
        if (_applied is { } last && time.GetElapsedTime(last) < Interval)
            return;
        _applied = time.GetTimestamp();
        if (options.RetentionCount is { } count)
            Remove(connection, "SELECT max(msgid) - $limit FROM hermesmessages", count);
        if (options.RetentionAge is { } age)
        {
            // Offsets follow time, so this reads the messages to remove and one more.
            Remove(
                connection,
                """
                SELECT coalesce((SELECT msgid - 1 FROM hermesmessages WHERE timestamp >= $limit ORDER BY msgid LIMIT 1), (SELECT max(msgid) FROM hermesmessages))
                """,
                (time.GetUtcNow() - age - DateTimeOffset.UnixEpoch).TotalSeconds);
        }
    }

    private static void Remove(SqliteConnection connection, string lastToRemove, object limit)
    {
        using var find = connection.CreateCommand();
        find.CommandText = lastToRemove;
        find.Parameters.AddWithValue("$limit", limit);
        if (find.ExecuteScalar() is not long last)
            return;

        using var remove = connection.CreateCommand();
        remove.CommandText = "DELETE FROM hermesmessages WHERE msgid IN (SELECT msgid FROM hermesmessages WHERE msgid <= $last ORDER BY msgid LIMIT $count)";
        remove.Parameters.AddWithValue("$last", last);
        remove.Parameters.AddWithValue("$count", MessagesPerTransaction);
        while (remove.ExecuteNonQuery() == MessagesPerTransaction)
        {
            // The next portion; a writer of another process may come in between.
        }
    }
}

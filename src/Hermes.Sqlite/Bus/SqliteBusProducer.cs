using Hermes.Abstractions.Buses;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Bus;

/// <summary>Writes messages into the file: many to a transaction, so that one wait for the disk serves them all.</summary>
internal sealed class SqliteBusProducer(SqliteBusOptions options, SqliteBusSignal signal, TimeProvider time) : IMessageBusProducer
{
    /// <summary>Large enough that the disk is waited for rarely, small enough that the write-ahead log stays so too.</summary>
    private const int MessagesPerTransaction = 5000;

    private readonly SqliteBusRetention retention = new(options, time);
    private SqliteConnection? connection;
    private SqliteBusInsert? insert;

    public Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        // SQLite waits for the disk on the calling thread, which belongs to the server's cycle.
        return messages.Count == 0 ? Task.CompletedTask : Task.Run(() => Send(messages, cancellationToken), cancellationToken);
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
            connection ??= SqliteBusFile.OpenWriter(options.Path);
            committed = SqliteBusFile.Told(
                options.Path,
                () =>
                {
                    insert ??= new SqliteBusInsert(connection);
                    while (committed < messages.Count)
                        committed += Commit(messages, committed, cancellationToken);
                    retention.Apply(connection);
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
                signal.Tell(options.Path);
        }
    }

    private int Commit(IReadOnlyList<BusMessage> messages, int first, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(MessagesPerTransaction, messages.Count - first);
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        using var transaction = connection!.BeginTransaction(deferred: false);
        for (var i = first; i < first + count; i++)
            insert!.Run(messages[i], now);
        transaction.Commit();
        return count;
    }

    private void Close()
    {
        insert?.Dispose();
        insert = null;
        connection?.Dispose();
        connection = null;
    }
}

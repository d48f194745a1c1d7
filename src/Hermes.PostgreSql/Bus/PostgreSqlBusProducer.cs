using System.Data;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.PostgreSql.Database;
using Npgsql;

namespace Hermes.PostgreSql.Bus;

/// <summary>Sends messages: many to a transaction, so that one wait for the disk of the database serves them all.</summary>
internal sealed class PostgreSqlBusProducer : IMessageBusProducer
{
    private const int MessagesPerTransaction = 5000;
    private const long BytesPerTransaction = 32_000_000;

    private readonly PostgreSqlBusOptions _options;
    private readonly PostgreSqlDatabase _database;
    private readonly BusAppender _appender;
    private readonly BusRetention _retention;
    private NpgsqlConnection? _connection;
    private string? _incarnation;
    private long _last;

    public PostgreSqlBusProducer(PostgreSqlBusOptions options, TimeProvider time)
    {
        _options = options;
        _database = BusTables.Database(options);
        _appender = new BusAppender(_database, options.CommandTimeout);
        _retention = new BusRetention(options, _database, time);
    }

    public bool IsConnected => _connection is { State: ConnectionState.Open };

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
            return;
        var committed = 0;
        var isDone = false;
        try
        {
            var connection = await ConnectAsync(cancellationToken);
            while (committed < messages.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                committed += await CommitAsync(connection, messages, committed, cancellationToken);
            }

            await _retention.ApplyAsync(connection, cancellationToken);
            isDone = true;
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw BusTables.Failure(exception, _database, committed);
        }
        finally
        {
            // Whatever state the connection is in, the next call starts from a fresh one.
            if (!isDone)
                await CloseAsync();
        }
    }

    /// <remarks>Whoever looks at the bus that is there now sends to that one next.</remarks>
    public IMessageBusConsumer OpenReader() => new PostgreSqlBusConsumer(_options);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _database.DisposeAsync();
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { State: ConnectionState.Open } open)
            return open;
        await CloseAsync();
        await DatabaseSetup.EnsureAsync(_database, BusTables.Format, _options.CreateSchema, cancellationToken);
        return _connection = await _database.OpenAsync(cancellationToken);
    }

    private async Task<int> CommitAsync(NpgsqlConnection connection, IReadOnlyList<BusMessage> messages, int first, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var bytes = 0L; first + count < messages.Count && count < MessagesPerTransaction && bytes < BytesPerTransaction; count++)
            bytes += messages[first + count].Body.Length;

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var portion = await _appender.BeginAsync(connection, messages, first, count, cancellationToken);

        // Written, but to a bus that nobody knows any more, or over what others have read already: not confirmed.
        if (_incarnation is not null && (portion.Incarnation != _incarnation || portion.Last < _last))
        {
            throw new BusException(
                $"The message bus in the {_database.Place} was made anew or put back to an older copy while it was in use.", FaultKind.Transient)
            { Confirmed = first };
        }

        await _appender.WriteAsync(connection, portion, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        (_incarnation, _last) = (portion.Incarnation, portion.NewLast);
        return portion.Conflict is null ? count : throw new BusMessageConflictException(portion.Conflict) { Confirmed = first + portion.Taken };
    }

    private async Task CloseAsync()
    {
        _incarnation = null;
        if (_connection is not { } open)
            return;
        _connection = null;
        await open.CloseQuietlyAsync();

        // A connection that broke stands for all: the server is gone that they lead to.
        _database.ForgetIdle();
    }
}

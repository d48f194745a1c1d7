using System.Data.Common;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Connections;
using Hermes.Sql.Dialects;
using Hermes.Sql.Faults;
using Microsoft.Extensions.Logging;

namespace Hermes.Sql.Source;

/// <summary>One read: its own connection, transaction, command and driver's reader.</summary>
internal sealed class SqlRead : IAsyncDisposable
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(15);

    private readonly string _subject;
    private readonly ILogger _logger;
    private readonly ReadingRules _rules;
    private readonly DbConnection _connection;
    private readonly Dialect _dialect;
    private readonly SourceOperation _operation;
    private DbTransaction? _transaction;
    private DbCommand? _command;
    private DbDataReader? _reader;
    private RowReader? _rows;
    private bool _isComplete;

    private SqlRead(string subject, ILogger logger, ReadingRules rules, DbConnection connection, Dialect dialect, SourceOperation operation)
    {
        _subject = subject;
        _logger = logger;
        _rules = rules;
        _connection = connection;
        _dialect = dialect;
        _operation = operation;
    }

    /// <summary>Connects and runs the query.</summary>
    public static async Task<SqlRead> StartAsync(
        string subject, ILogger logger, SqlDatabase database, ReadingRules rules, bool consistent, SourceOperation operation, CancellationToken cancellationToken)
    {
        var connection = database.Create(out var dialect);
        var read = new SqlRead(subject, logger, rules, connection, dialect, operation);
        try
        {
            await read.RunAsync(database, consistent, cancellationToken);
            return read;
        }
        catch (Exception failure)
        {
            await read.DisposeAsync();
            if (SqlFailure.IsForeign(failure, cancellationToken))
                throw read.Translate(failure, cancellationToken);
            throw;
        }
    }

    /// <summary>The next row; null at the end of a complete read.</summary>
    public ValueTask<SourceRow?> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Drivers have most rows in their buffer: only a row that has to be waited for costs a state machine.
            var reading = _reader!.ReadAsync(cancellationToken);
            if (!reading.IsCompletedSuccessfully || !reading.GetAwaiter().GetResult())
                return NextSlowlyAsync(reading, cancellationToken);
            return new(_rows!.Read());
        }
        catch (Exception failure) when (SqlFailure.IsForeign(failure, cancellationToken))
        {
            throw Translate(failure, cancellationToken);
        }
    }

    /// <summary>Closes the read; one that the driver does not let go of is abandoned after a while, and told.</summary>
    public async ValueTask DisposeAsync()
    {
        // Drivers block here: on another thread, so that there is a limit whatever they do.
        var closing = Task.Run(CloseAsync);
        try
        {
            await closing.WaitAsync(LongestClosing);
        }
        catch (TimeoutException) when (!closing.IsCompleted)
        {
            Log.ReadAbandoned(_logger, _subject, LongestClosing);
            _ = closing.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Nothing was written and the outcome of the read is known already; a broken connection must not hide it.
            Log.ReadClosedBadly(_logger, _subject, failure.GetType().Name);
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            // Without this, closing the reader of an abandoned read would fetch all the rows that are left.
            if (!_isComplete)
                _command?.Cancel();
            if (_reader is not null)
                await _reader.DisposeAsync();
            if (_transaction is not null)
                await _transaction.DisposeAsync();
        }
        finally
        {
            if (_command is not null)
                await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    private async Task RunAsync(SqlDatabase database, bool consistent, CancellationToken cancellationToken)
    {
        await database.OpenAsync(_connection, _dialect, cancellationToken);
        await QueryAsync(database, consistent, cancellationToken);
        if (_dialect.IsOutdated(_reader!))
        {
            await _reader!.DisposeAsync();
            await _command!.DisposeAsync();
            if (_transaction is not null)
                await _transaction.DisposeAsync();
            _transaction = null;
            await _dialect.ReloadTypesAsync(_connection, cancellationToken);
            await QueryAsync(database, consistent, cancellationToken);
        }

        if (_reader!.FieldCount == 0)
            throw new SourceException($"{_subject}: the query returns no columns. Write a query that selects rows.", FaultKind.Permanent);
        _rows = new RowReader(_subject, _reader, _dialect, _rules, _operation.Attributes);
    }

    private async Task QueryAsync(SqlDatabase database, bool consistent, CancellationToken cancellationToken)
    {
        if (consistent && _dialect.Snapshot is { } isolation)
            _transaction = await _connection.BeginTransactionAsync(isolation, cancellationToken);
        _command = database.Command(_connection, _dialect, _operation.Query, _operation.Variables);
        _command.Transaction = _transaction;
        _reader = await _command.ExecuteReaderAsync(cancellationToken);
    }

    private async ValueTask<SourceRow?> NextSlowlyAsync(Task<bool> reading, CancellationToken cancellationToken)
    {
        try
        {
            if (await reading)
                return _rows!.Read();

            // Some servers report an error of the query only after its rows.
            while (await _reader!.NextResultAsync(cancellationToken))
            {
                if (_reader.FieldCount > 0)
                    throw new SourceException($"{_subject}: the query returns more than one table. Write one query per data type.",
                        FaultKind.Permanent);
            }

            _isComplete = true;
            return null;
        }
        catch (Exception failure) when (SqlFailure.IsForeign(failure, cancellationToken))
        {
            throw Translate(failure, cancellationToken);
        }
    }

    private Exception Translate(Exception failure, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException("The read was cancelled.", failure, cancellationToken);
        var told = SqlFailure.Of(failure, _subject, _dialect, _connection, _operation.Variables.Values);
        return new SourceException(told.Message, told.Fault.Kind, told.Cause);
    }
}

using Hermes.Abstractions;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;
using Npgsql;

namespace Hermes.PostgreSql.ClientState;

/// <summary>
/// The open transaction of a client state, if there is one; it is begun by the first write after a commit, and seen by the reads after it. Between
/// transactions no connection is held.
/// </summary>
/// <remarks>A command is never broken off: the transaction would go with it. Its time limit ends one that hangs.</remarks>
internal sealed class ClientSession(StateSession session)
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private bool _isBroken;

    public PostgreSqlDatabase Database => session.Database;

    public Lease Lease => session.Lease;

    /// <exception cref="ClientStateException">The database failed, or another client took over.</exception>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return GuardAsync(async () =>
        {
            if (_connection is { } open)
                return await read(open);
            await using var connection = await Database.OpenAsync(CancellationToken.None);
            return await read(connection);
        });
    }

    /// <summary>Runs a batch in the transaction.</summary>
    /// <exception cref="ClientStateException">The database failed, or another client took over.</exception>
    public Task<bool> WriteAsync(Action<NpgsqlBatch> add, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return GuardAsync(async () =>
        {
            var (connection, transaction) = await BeginAsync();
            await using var batch = new NpgsqlBatch(connection, transaction);
            add(batch);
            if (batch.BatchCommands.Count > 0)
                await batch.ExecuteNonQueryAsync();
            return true;
        });
    }

    /// <summary>Runs a last batch in the transaction and commits it.</summary>
    /// <exception cref="ClientStateException">The database failed, or another client took over: nothing was stored.</exception>
    public Task<bool> CommitAsync(Action<NpgsqlBatch> add, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return GuardAsync(async () =>
        {
            var (connection, transaction) = await BeginAsync();
            if (!await session.CommitAsync(connection, transaction, add))
            {
                await AbandonAsync();
                throw TakenOver();
            }

            await EndAsync();
            return true;
        });
    }

    /// <summary>Takes back what was not committed.</summary>
    public ValueTask EndAsync()
    {
        var open = _connection;
        (_connection, _transaction) = (null, null);
        return open?.CloseQuietlyAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Uses the database; what goes wrong becomes an error of the state.</summary>
    /// <exception cref="ClientStateException">The database failed, or another client took over.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> use)
    {
        if (_isBroken)
        {
            throw new ClientStateException(
                $"The client state in the {Database.Place} has failed since it was opened, and lost what was not committed. It has to be opened again.", FaultKind.Transient);
        }

        try
        {
            return await use();
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            await AbandonAsync();
            if (await session.IsTakenOverAsync())
                throw TakenOver();
            var fault = DatabaseFault.Of(exception, Database);
            throw new ClientStateException(fault.Message, fault.Fault, exception);
        }
    }

    private async Task<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)> BeginAsync()
    {
        _connection ??= await Database.OpenAsync(CancellationToken.None);
        _transaction ??= await _connection.BeginTransactionAsync();
        return (_connection, _transaction);
    }

    // Whoever wrote in the transaction must not go on as if that were there.
    private ValueTask AbandonAsync()
    {
        _isBroken = true;
        return EndAsync();
    }

    private ClientStateException TakenOver() => ClientStateException.TakenOver($"the state in the {Database.Place}");
}

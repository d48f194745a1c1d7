using Hermes.Abstractions;
using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;
using Hermes.ServerRuntime.State;
using Npgsql;

namespace Hermes.PostgreSql.ServerState;

/// <summary>Uses the database of a server state; what goes wrong becomes an error of that state.</summary>
/// <remarks>A command is never broken off: its connection, and the transaction in it, would go with it. Its time limit ends one that hangs.</remarks>
internal sealed class GuardedSession(StateSession session)
{
    public StateSession Session => session;

    /// <summary>Asks over a connection that sees what was committed.</summary>
    /// <exception cref="ServerStateException">The database failed, or another server took over.</exception>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return GuardAsync(async () =>
        {
            await using var connection = await session.Database.OpenAsync(CancellationToken.None);
            return await read(connection);
        });
    }

    /// <summary>Runs statements in a transaction of their own.</summary>
    /// <exception cref="ServerStateException">The database failed, or another server took over.</exception>
    public Task WriteAsync(Action<NpgsqlBatch> add, CancellationToken cancellationToken) => ReadAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            return await session.CommitAsync(connection, transaction, add) ? true : throw TakenOver();
        },
        cancellationToken);

    /// <summary>Runs something with the database.</summary>
    /// <exception cref="ServerStateException">The database failed, or another server took over.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            if (await session.IsTakenOverAsync())
                throw TakenOver(exception);
            var fault = DatabaseFault.Of(exception, session.Database);
            throw new ServerStateException(fault.Message, fault.Fault, exception);
        }
    }

    public ServerStateException TakenOver(Exception? exception = null) => new(
        $"Another server took over the state in the {session.Database.Place}. Stop one of the two, or give it a state of its own.", FaultKind.Permanent, exception);
}

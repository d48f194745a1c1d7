using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;

namespace Hermes.PostgreSql.ServerState;

/// <summary>Keeps the state of a server in a schema of a PostgreSQL database.</summary>
internal sealed class PostgreSqlServerStateStore(PostgreSqlStateOptions options) : IServerStateStore
{
    private readonly LeasedDatabase _database = new(options, ServerStateTables.Format, "server");

    public async ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        try
        {
            return new PostgreSqlServerState(await _database.OpenAsync(opening, cancellationToken), _database.CloseAsync);
        }
        catch (DatabaseFaultException exception)
        {
            throw new ServerStateException(exception.Message, exception.Fault, exception);
        }
    }

    /// <summary>The schema.</summary>
    public override string ToString() => options.Schema ?? "";
}

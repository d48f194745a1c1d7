using Hermes.Abstractions;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;
using Hermes.Runtime.State;

namespace Hermes.PostgreSql.ClientState;

/// <summary>Keeps the state of a client in a schema of a PostgreSQL database. Secret values in it are encrypted with a key that is not there.</summary>
internal sealed class PostgreSqlClientStateStore(PostgreSqlClientStateOptions options, ISecretProtector? protector) : IClientStateStore
{
    private readonly LeasedDatabase _database = new(options, ClientStateTables.Format, "client");

    public async ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        try
        {
            var session = await _database.OpenAsync(opening, cancellationToken);
            try
            {
                return await OpenAsync(session);
            }
            catch
            {
                await _database.CloseAsync(session);
                throw;
            }
        }
        catch (DatabaseFaultException exception)
        {
            throw new ClientStateException(exception.Message, exception.Fault, exception);
        }
    }

    /// <summary>The schema.</summary>
    public override string ToString() => options.Schema ?? "";

    private async Task<IClientState> OpenAsync(StateSession held)
    {
        var folder = ClientFolder.Open(options.Folder, held.Database.Schema);
        try
        {
            var session = new ClientSession(held);
            var secrets = protector ?? folder.Protector();
            var (rows, found) = await session.ReadAsync(connection => ClientRows.OpenAsync(connection, held.Database.Quoted, secrets), CancellationToken.None);
            return new PostgreSqlClientState(
                session,
                rows,
                found,
                folder.Journal(found.Journal, found.LastJournal, secrets),
                async () =>
                {
                    folder.Dispose();
                    await _database.CloseAsync(held);
                });
        }
        catch (InvalidDataException exception)
        {
            folder.Dispose();
            throw new ClientStateException(
                $"The client state in the {held.Database.Place} is damaged: {exception.Message} "
                + "Restore it from a backup, or give another schema and let the client initialise anew.",
                FaultKind.Permanent,
                exception);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}

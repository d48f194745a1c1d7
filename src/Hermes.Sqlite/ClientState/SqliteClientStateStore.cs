using Hermes.Abstractions;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Files;
using Hermes.Runtime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>
/// The state of a client in a SQLite file of its own, for this process alone. Secret values in it are encrypted with a key in a file
/// beside it.
/// </summary>
internal sealed class SqliteClientStateStore(string path, ISecretProtector? protector) : IClientStateStore
{
    public async ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(await SqliteFileLock.TakeAsync(Path.GetFullPath(path), "client", opening, cancellationToken));
        }
        catch (SqliteFileException exception)
        {
            throw new ClientStateException(exception.Message, exception.Fault, exception);
        }
        catch (InvalidDataException exception)
        {
            throw new ClientStateException(
                $"The client state {Path.GetFullPath(path)} is damaged: {exception.Message} Restore it from a backup, or move it away and let the client initialise anew.",
                FaultKind.Permanent,
                exception);
        }
    }

    private async Task<SqliteClientState> OpenAsync(SqliteFileLock hold)
    {
        SqliteConnection? connection = null;
        PageCheck? check = null;
        try
        {
            connection = SqliteDatabase.Open(path, ClientStateFormat.Format);
            check = PageCheck.Begin(path, ClientStateFormat.Format);
            return new SqliteClientState(connection, protector ?? KeyFile.Protector(path + ".key"), check, hold);
        }
        catch
        {
            if (check is not null)
                await check.DisposeAsync();
            connection?.Dispose();
            hold.Dispose();
            throw;
        }
    }
}

using Hermes.Abstractions;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>Keeps the state of a server in a SQLite file that only its owner may read.</summary>
/// <param name="path">
/// The path of the file; it and its folder are made if missing. Beside it lies a file <c>.lock</c>, which tells other servers that it is in
/// use.
/// </param>
public sealed class SqliteServerStateStore(string path) : IServerStateStore
{
    private static readonly SqliteFormat Format = new("server state of Hermes", 0x48_52_53_31, ServerStateTables.Version1, ServerStateTables.Version2);
    /// <inheritdoc/>
    public async ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        cancellationToken.ThrowIfCancellationRequested();
        var file = Path.GetFullPath(path);
        try
        {
            var hold = await SqliteFileLock.TakeAsync(file, "server", opening, cancellationToken);
            try
            {
                return await OpenAsync(file, hold);
            }
            catch
            {
                hold.Dispose();
                throw;
            }
        }
        catch (SqliteFileException exception)
        {
            throw new ServerStateException(exception.Message, exception.Fault, exception);
        }
        catch (SqliteException exception)
        {
            throw new ServerStateException($"The server state {file} cannot be read ({exception.Message}).", FaultKind.Permanent, exception);
        }
    }

    /// <summary>The path of the file.</summary>
    public override string ToString() => path;

    private static async Task<SqliteServerState> OpenAsync(string file, SqliteFileLock hold)
    {
        var connection = SqliteDatabase.Open(file, Format);
        SqliteConnection? reader = null;
        PageCheck? check = null;
        try
        {
            check = PageCheck.Begin(file, Format);
            reader = SqliteDatabase.OpenReader(file, Format);
            return new SqliteServerState(connection, reader, check, hold);
        }
        catch
        {
            if (check is not null)
                await check.DisposeAsync();
            reader?.Dispose();
            connection.Dispose();
            throw;
        }
    }
}

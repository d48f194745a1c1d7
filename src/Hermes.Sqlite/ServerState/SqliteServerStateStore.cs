using Hermes.Abstractions;
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
    private static readonly SqliteFormat Format = new("server state of Hermes", 0x48_52_53_31, ServerStateTables.Version1);

    /// <inheritdoc/>
    public IServerState Open()
    {
        var file = Path.GetFullPath(path);
        try
        {
            var hold = SqliteFileLock.Take(file, "server");
            try
            {
                return Open(file, hold);
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

    private static SqliteServerState Open(string file, SqliteFileLock hold)
    {
        var connection = SqliteDatabase.Open(file, Format);
        try
        {
            // Damage is found before anything is built on it.
            connection.CheckPages();

            // A first poll stages every entry: more than should stand in memory.
            connection.Execute("PRAGMA temp_store=FILE");
            return new SqliteServerState(connection, hold);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

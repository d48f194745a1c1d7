using Hermes.Runtime.Registration;
using Hermes.Sqlite.ServerState;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the state of servers in SQLite files.</summary>
public static class SqliteStateExtensions
{
    /// <summary>Keeps the state of the server in this file; it and its folder are made if missing, readable by their owner only.</summary>
    public static IHermesServerBuilder UseSqliteState(this IHermesServerBuilder server, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return server.UseState(_ => new SqliteServerStateStore(path));
    }
}

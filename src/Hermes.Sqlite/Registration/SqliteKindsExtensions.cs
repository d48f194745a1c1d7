using Hermes.Runtime.Registration;
using Hermes.Sqlite.ClientState;
using Hermes.Sqlite.ServerState;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a configuration name what is kept in SQLite files.</summary>
public static class SqliteKindsExtensions
{
    /// <summary>
    /// Lets the configuration of a server name the kind <c>Sqlite</c> for its state and its bus: <c>"State": { "Kind": "Sqlite", "Path": "..." }</c>.
    /// </summary>
    public static IHermesServerBuilder AddSqliteKinds(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        SqliteBusExtensions.AddKind(server);
        return server.AddStateKind("Sqlite", part => new SqliteServerStateStore(part.Read<SqliteStateOptions>().Path));
    }

    /// <summary>
    /// Lets the configuration of a client name the kind <c>Sqlite</c> for its state and its bus: <c>"State": { "Kind": "Sqlite", "Path": "..." }</c>.
    /// </summary>
    public static IHermesClientBuilder AddSqliteKinds(this IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        SqliteBusExtensions.AddKind(client);
        return client.AddStateKind("Sqlite", part => new SqliteClientStateStore(part.Read<SqliteClientStateOptions>().Path, null));
    }
}

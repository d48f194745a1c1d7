using Hermes.PostgreSql.ServerState;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.State;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the state of servers in PostgreSQL.</summary>
public static class PostgreSqlStateExtensions
{
    /// <summary>Keeps the state of the server in this database, in a schema that is named after it.</summary>
    public static IHermesServerBuilder UsePostgreSqlState(this IHermesServerBuilder server, string connectionString) =>
        server.UsePostgreSqlState(options => options.ConnectionString = connectionString);

    /// <summary>Keeps the state of the server in a PostgreSQL database.</summary>
    public static IHermesServerBuilder UsePostgreSqlState(this IHermesServerBuilder server, Action<PostgreSqlStateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.UseState(_ => Store(PartOptions.Make("State", configure), server.Name));
    }

    internal static void AddKind(IHermesServerBuilder server) =>
        server.AddStateKind("PostgreSql", part => Store(part.Read<PostgreSqlStateOptions>(), part.Name));

    private static IServerStateStore Store(PostgreSqlStateOptions options, string name)
    {
        options.NameSchema("State", "hermes_server_", name);
        return new PostgreSqlServerStateStore(options);
    }
}

using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a configuration name what is kept in PostgreSQL.</summary>
public static class PostgreSqlKindsExtensions
{
    /// <summary>
    /// Lets the configuration of a server name the kind <c>PostgreSql</c> for its state and its bus:
    /// <c>"Bus": { "Kind": "PostgreSql", "ConnectionString": "..." }</c>.
    /// </summary>
    public static IHermesServerBuilder AddPostgreSqlKinds(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        PostgreSqlBusExtensions.AddKind(server);
        PostgreSqlStateExtensions.AddKind(server);
        return server;
    }

    /// <summary>
    /// Lets the configuration of a client name the kind <c>PostgreSql</c> for its state and its bus:
    /// <c>"Bus": { "Kind": "PostgreSql", "ConnectionString": "..." }</c>.
    /// </summary>
    public static IHermesClientBuilder AddPostgreSqlKinds(this IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        PostgreSqlBusExtensions.AddKind(client);
        PostgreSqlClientStateExtensions.AddKind(client);
        return client;
    }
}

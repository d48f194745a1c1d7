using Hermes.PostgreSql.Bus;
using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The message bus in a PostgreSQL database.</summary>
public static class PostgreSqlBusExtensions
{
    private static readonly BusKind<PostgreSqlBusOptions> PostgreSql = new(
        "PostgreSql",
        (services, options) => new PostgreSqlBusProducer(options, services.GetService<TimeProvider>() ?? TimeProvider.System),
        (_, options) => new PostgreSqlBusConsumer(options));

    /// <summary>Sends to a bus in this database.</summary>
    public static IHermesServerBuilder UsePostgreSqlBus(this IHermesServerBuilder server, string connectionString) =>
        server.UsePostgreSqlBus(options => options.ConnectionString = connectionString);

    /// <summary>Sends to a bus in a PostgreSQL database.</summary>
    public static IHermesServerBuilder UsePostgreSqlBus(this IHermesServerBuilder server, Action<PostgreSqlBusOptions> configure) =>
        PostgreSql.Use(server, configure);

    /// <summary>Reads from a bus in this database.</summary>
    public static IHermesClientBuilder UsePostgreSqlBus(this IHermesClientBuilder client, string connectionString) =>
        client.UsePostgreSqlBus(options => options.ConnectionString = connectionString);

    /// <summary>Reads from a bus in a PostgreSQL database.</summary>
    public static IHermesClientBuilder UsePostgreSqlBus(this IHermesClientBuilder client, Action<PostgreSqlBusOptions> configure) =>
        PostgreSql.Use(client, configure);

    internal static void AddKind(IHermesServerBuilder server) => PostgreSql.Add(server);

    internal static void AddKind(IHermesClientBuilder client) => PostgreSql.Add(client);
}

using Hermes.Runtime.Registration;
using Hermes.Sqlite.Bus;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The message bus in a SQLite file, for a server and clients on one machine.</summary>
public static class SqliteBusExtensions
{
    private static readonly BusKind<SqliteBusOptions> Sqlite = new(
        "Sqlite",
        (services, options) =>
            new SqliteBusProducer(options, services.GetRequiredService<SqliteBusSignal>(), services.GetRequiredService<TimeProvider>()),
        (services, options) =>
            new SqliteBusConsumer(options, services.GetRequiredService<SqliteBusSignal>(), services.GetRequiredService<TimeProvider>()));

    /// <summary>Sends to a bus in this file.</summary>
    public static IHermesServerBuilder UseSqliteBus(this IHermesServerBuilder server, string path) =>
        server.UseSqliteBus(options => options.Path = path);

    /// <summary>Sends to a bus in a SQLite file.</summary>
    public static IHermesServerBuilder UseSqliteBus(this IHermesServerBuilder server, Action<SqliteBusOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        AddShared(server.Services);
        return Sqlite.Use(server, configure);
    }

    /// <summary>Reads from a bus in this file.</summary>
    public static IHermesClientBuilder UseSqliteBus(this IHermesClientBuilder client, string path) =>
        client.UseSqliteBus(options => options.Path = path);

    /// <summary>Reads from a bus in a SQLite file.</summary>
    public static IHermesClientBuilder UseSqliteBus(this IHermesClientBuilder client, Action<SqliteBusOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        AddShared(client.Services);
        return Sqlite.Use(client, configure);
    }

    internal static void AddKind(IHermesServerBuilder server)
    {
        AddShared(server.Services);
        Sqlite.Add(server);
    }

    internal static void AddKind(IHermesClientBuilder client)
    {
        AddShared(client.Services);
        Sqlite.Add(client);
    }

    private static void AddShared(IServiceCollection services)
    {
        services.TryAddSingleton<SqliteBusSignal>();
        services.TryAddSingleton(TimeProvider.System);
    }
}

using Hermes.Registration;
using Hermes.Sqlite.Bus;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The message bus in a SQLite file, for a server and clients on one machine.</summary>
public static class SqliteBusExtensions
{
    /// <summary>The kind of this bus in a configuration.</summary>
    private const string Kind = "Sqlite";

    /// <summary>Sends to a bus in this file.</summary>
    public static IHermesServerBuilder UseSqliteBus(this IHermesServerBuilder server, string path) =>
        server.UseSqliteBus(options => options.Path = path);

    /// <summary>Sends to a bus in a SQLite file.</summary>
    public static IHermesServerBuilder UseSqliteBus(this IHermesServerBuilder server, Action<SqliteBusOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        AddShared(server.Services);
        return server.UseBus(services => Producer(services, PartOptions.Make($"Hermes:Servers:{server.Name}:Bus", configure)));
    }

    /// <summary>Reads from a bus in this file.</summary>
    public static IHermesClientBuilder UseSqliteBus(this IHermesClientBuilder client, string path) =>
        client.UseSqliteBus(options => options.Path = path);

    /// <summary>Reads from a bus in a SQLite file.</summary>
    public static IHermesClientBuilder UseSqliteBus(this IHermesClientBuilder client, Action<SqliteBusOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        AddShared(client.Services);
        return client.UseBus(services => Consumer(services, PartOptions.Make($"Hermes:Clients:{client.Name}:Bus", configure)));
    }

    /// <summary>Lets the configuration of a server say <c>"Bus": { "Kind": "Sqlite", "Path": "..." }</c>.</summary>
    public static IHermesServerBuilder AddSqliteBus(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        AddShared(server.Services);
        return server.AddBusKind(Kind, settings => Producer(settings.Services, settings.Read<SqliteBusOptions>()));
    }

    /// <summary>Lets the configuration of a client say <c>"Bus": { "Kind": "Sqlite", "Path": "..." }</c>.</summary>
    public static IHermesClientBuilder AddSqliteBus(this IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        AddShared(client.Services);
        return client.AddBusKind(Kind, settings => Consumer(settings.Services, settings.Read<SqliteBusOptions>()));
    }

    private static void AddShared(IServiceCollection services)
    {
        services.TryAddSingleton<SqliteBusNews>();
        services.TryAddSingleton(TimeProvider.System);
    }

    private static SqliteBusProducer Producer(IServiceProvider services, SqliteBusOptions options) =>
        new(options, services.GetRequiredService<SqliteBusNews>(), services.GetRequiredService<TimeProvider>());

    private static SqliteBusConsumer Consumer(IServiceProvider services, SqliteBusOptions options) =>
        new(options, services.GetRequiredService<SqliteBusNews>(), services.GetRequiredService<TimeProvider>());
}

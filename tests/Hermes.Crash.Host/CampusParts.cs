using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.ClientState;
using Hermes.PostgreSql.ServerState;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.State;
using Hermes.Sqlite.ClientState;
using Hermes.Sqlite.ServerState;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Crash.Host;

/// <summary>The bus and the states of a campus, by what it has in use.</summary>
internal static class CampusParts
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    public static void UseBus(IHermesServerBuilder server, RigFolder folder, CampusOptions options)
    {
        if (options.Broker is { } broker)
            server.UseRabbitMq(broker.Set);
        else if (options is { Bus: CampusBus.PostgreSql, Database: { } database })
            server.UsePostgreSqlBus(database.SetBus);
        else
            server.UseSqliteBus(folder.Bus);
    }

    public static void UseBus(IHermesClientBuilder client, RigFolder folder, CampusOptions options)
    {
        if (options.Broker is { } broker)
            client.UseRabbitMq(broker.Set);
        else if (options is { Bus: CampusBus.PostgreSql, Database: { } database })
            client.UsePostgreSqlBus(database.SetBus);
        else
            client.UseSqliteBus(bus => (bus.Path, bus.PollInterval) = (folder.Bus, Often));
    }

    public static IServerStateStore ServerState(RigFolder folder, CampusOptions options)
    {
        if (options is not { State: CampusState.PostgreSql, Database: { } database })
            return new SqliteServerStateStore(folder.ServerState);
        var state = new PostgreSqlStateOptions();
        database.SetState(state, folder.Server);
        return new PostgreSqlServerStateStore(state);
    }

    public static IClientStateStore ClientState(RigFolder folder, CampusOptions options)
    {
        if (options is not { State: CampusState.PostgreSql, Database: { } database })
            return new SqliteClientStateStore(folder.ClientState, null);
        var state = new PostgreSqlClientStateOptions { Folder = folder.ClientFiles };
        database.SetState(state, folder.Client);
        return new PostgreSqlClientStateStore(state, null);
    }
}

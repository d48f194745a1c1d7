using System.Data.Common;
using Hermes.Runtime.Registration;
using Hermes.Sql.Connections;
using Hermes.Sql.Target;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds tables of a database as the target of a client.</summary>
public static class SqlClientBuilderExtensions
{
    /// <summary>Mirrors the client's data types into tables.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Sets the options; call one of their <c>Connect</c> methods.</param>
    public static IHermesClientBuilder ToTable(this IHermesClientBuilder client, Action<TableTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(configure);
        return client.UseTarget(services => Create(services, client.Name, PartOptions.Make("Target", configure), "Target"));
    }

    /// <summary>Lets the configuration name the kind <c>Table</c> for a target.</summary>
    public static IHermesClientBuilder AddSqlKinds(this IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.AddTargetKind("Table", part => Create(part.Services, part.Name, part.Read<TableTargetOptions>(), part.Section.Path));
    }

    /// <summary>Registers a driver under the name that configurations use as <c>Provider</c>.</summary>
    public static IHermesClientBuilder AddSqlProvider(this IHermesClientBuilder client, string name, DbProviderFactory factory)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.AddKeyedSingleton(name, factory).AddSingleton(new SqlProviderName(name));
        return client;
    }

    private static TableTarget Create(IServiceProvider services, string name, TableTargetOptions options, string path)
    {
        SqlProviders.Resolve(options, services, $"The target of '{name}'", path);
        return new TableTarget(name, options, services.GetService<ILogger<TableTarget>>());
    }
}

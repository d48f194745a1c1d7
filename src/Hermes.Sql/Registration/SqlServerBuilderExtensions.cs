using System.Data.Common;
using Hermes.Runtime.Registration;
using Hermes.Sql.Connections;
using Hermes.Sql.Source;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds SQL data sources to a server.</summary>
public static class SqlServerBuilderExtensions
{
    /// <summary>Adds a data source that reads a database.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The name of the source.</param>
    /// <param name="configure">Sets the options; call one of their <c>Connect</c> methods.</param>
    public static IHermesServerBuilder AddSqlSource(this IHermesServerBuilder server, string name, Action<SqlSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(configure);
        var path = $"Sources:{name}";
        return server.AddSource(name, services => Create(services, name, PartOptions.Make(path, configure), path));
    }

    /// <summary>Adds a data source that reads a database through this driver.</summary>
    public static IHermesServerBuilder AddSqlSource(this IHermesServerBuilder server, string name, DbProviderFactory factory, string connectionString) =>
        server.AddSqlSource(name, options => options.Connect(factory, connectionString));

    /// <summary>Lets the configuration name the kind <c>Sql</c> for a source.</summary>
    public static IHermesServerBuilder AddSqlKinds(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.AddSourceKind("Sql", part => Create(part.Services, part.Name, part.Read<SqlSourceOptions>(), part.Section.Path));
    }

    /// <summary>Registers a driver under the name that configurations use as <c>Provider</c>.</summary>
    public static IHermesServerBuilder AddSqlProvider(this IHermesServerBuilder server, string name, DbProviderFactory factory)
    {
        ArgumentNullException.ThrowIfNull(server);
        server.Services.AddKeyedSingleton(name, factory).AddSingleton(new SqlProviderName(name));
        return server;
    }

    private static SqlSource Create(IServiceProvider services, string name, SqlSourceOptions options, string path)
    {
        SqlProviders.Resolve(options, services, $"The source '{name}'", path);
        return new SqlSource(name, options, services.GetService<ILogger<SqlSource>>());
    }
}

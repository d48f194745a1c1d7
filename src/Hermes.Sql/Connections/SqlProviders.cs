using System.Data.Common;
using Hermes.Abstractions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Sql.Connections;

/// <summary>Finds the driver that a configuration names.</summary>
internal static class SqlProviders
{
    /// <summary>Connects options that came from a configuration; those already connected stay as they are.</summary>
    public static void Resolve(SqlConnectionOptions options, IServiceProvider services, string owner, string path)
    {
        if (options.Connections is not null)
            return;

        var errors = new List<ConfigurationError>();
        var names = services.GetServices<SqlProviderName>().Select(known => known.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var choice = names.Count == 0 ? "" : $"Use one of: {string.Join(", ", names)}. ";
        DbProviderFactory? factory = null;
        if (string.IsNullOrWhiteSpace(options.Provider))
            errors.Add(new(
                $"{path}:Provider", $"{owner} names no database driver.", choice + "It is the name under which a driver was registered with AddSqlProvider."));
        else if ((factory = Find(services, options.Provider)) is null)
        {
            errors.Add(new(
                $"{path}:Provider",
                $"No database driver is registered as '{options.Provider}'.",
                $"{choice}In C#, register it: AddSqlProvider(\"{options.Provider}\", TheDriversFactory.Instance)."));
        }

        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            errors.Add(new($"{path}:ConnectionString", $"{owner} has no connection string.", "Set it, as the driver's documentation describes."));

        if (errors.Count > 0)
            throw new HermesConfigurationException(errors);
        try
        {
            options.Connect(factory!, options.ConnectionString!);
        }
        catch (ArgumentException)
        {
            throw new HermesConfigurationException(
                $"{path}:ConnectionString", "The driver does not accept the connection string.", "Correct it, as the driver's documentation describes.");
        }
    }

    private static DbProviderFactory? Find(IServiceProvider services, string name) =>
        services.GetKeyedService<DbProviderFactory>(name) ?? (DbProviderFactories.TryGetFactory(name, out var factory) ? factory : null);
}

/// <summary>A name under which a driver was registered: the services tell a driver by its name, but not the names.</summary>
internal sealed record SqlProviderName(string Name);

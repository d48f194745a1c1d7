using System.Data.Common;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;
using Hermes.Runtime.Registration;
using Hermes.Tool.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using MySqlConnector;
using Npgsql;

namespace Hermes.Tool.Hosting;

/// <summary>The host of all servers and clients of a configuration, with every adapter that is shipped.</summary>
internal static class ToolHost
{
    private static readonly (string Name, DbProviderFactory Factory)[] Drivers =
    [
        ("MySqlConnector", MySqlConnectorFactory.Instance),
        ("Npgsql", NpgsqlFactory.Instance),
        ("Sqlite", SqliteFactory.Instance),
    ];

    /// <summary>Makes a host. What of it is wrong is added to the errors, or is told when it is checked.</summary>
    public static IHost Create(LocatedSettings located, ConfigurationErrors errors)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        ((IConfigurationBuilder)builder.Configuration).Add(located);
        var settings = HostSettings.Read(builder.Configuration.GetSection(SettingFiles.Root), errors);
        Log(builder.Logging, settings.LogLevels);
        AddSupervisor(builder.Services);
        builder.Services.AddWindowsService(service => service.ServiceName = "Hermes");
        foreach (var section in settings.Servers)
            builder.Services.AddHermesServer(section.Key, section, AddKinds);
        foreach (var section in settings.Clients)
            builder.Services.AddHermesClient(section.Key, section, AddKinds);
        if (settings.Mail is { } mail)
            builder.Services.AddHermesMailNotifier(mail);
        if (settings.Templates == TemplateLanguage.Scriban)
            builder.Services.AddScribanTemplates();
        return builder.Build();
    }

    /// <summary>All that is wrong with a configuration, without a connection to anything.</summary>
    public static async Task<IReadOnlyList<Finding>> CheckAsync(LocatedSettings located)
    {
        if (!located.IsReadable)
            return located.With([]);
        var errors = new ConfigurationErrors(SettingFiles.Root);
        using var host = Create(located, errors);
        IReadOnlyList<ConfigurationError> all = [.. errors, .. await host.Services.CheckHermesAsync()];
        return located.With(all);
    }

    private static void AddKinds(IHermesServerBuilder server)
    {
        server.AddFileKinds().AddHttpKinds().AddKafkaKinds().AddLdapKinds().AddRabbitMqKinds().AddSqlKinds().AddSqliteKinds();
        foreach (var (name, factory) in Drivers)
            server.AddSqlProvider(name, factory);
    }

    private static void AddKinds(IHermesClientBuilder client)
    {
        client.AddFileKinds().AddHttpKinds().AddKafkaKinds().AddLdapKinds().AddRabbitMqKinds().AddSqlKinds().AddSqliteKinds();
        foreach (var (name, factory) in Drivers)
            client.AddSqlProvider(name, factory);
    }

    // Any supervisor that wants to be told gives the socket, such as one of containers; systemd is known by more, and has a way of its own to log.
    private static void AddSupervisor(IServiceCollection services)
    {
        services.AddSystemd();
        if (!SystemdHelpers.IsSystemdService() && Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
            services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<IHostLifetime, SystemdLifetime>();
    }

    // Before the service of systemd is added, which writes in the way of its journal where it runs.
    private static void Log(ILoggingBuilder logging, Dictionary<string, LogLevel> levels)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
        });
        logging.SetMinimumLevel(levels.GetValueOrDefault("Default", LogLevel.Information)).AddFilter("Microsoft", LogLevel.Warning);
        foreach (var (category, level) in levels.Where(level => level.Key != "Default"))
            logging.AddFilter(category, level);
    }
}

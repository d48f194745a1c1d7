using System.Data.Common;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Configuration;
using Hermes.Runtime.Hosting;
using Hermes.Runtime.Registration;
using Hermes.Tool.Configuration;
using Hermes.Tool.Http;
using Microsoft.AspNetCore.Builder;
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

    /// <summary>Makes a host and finds all that is wrong with it, without a connection to anything.</summary>
    public static async Task<CheckedHost> MakeAsync(LocatedSettings located)
    {
        if (!located.IsReadable)
            return new CheckedHost(null, located.With([]));
        var errors = new ConfigurationErrors(SettingFiles.Root);
        var host = Create(new ConfigurationBuilder().Add(located).Build().GetSection(SettingFiles.Root), errors);
        IReadOnlyList<ConfigurationError> all = [.. errors, .. await host.Services.CheckHermesAsync()];
        return new CheckedHost(host, located.With(all));
    }

    /// <summary>All that is wrong with a configuration, without a connection to anything.</summary>
    public static async Task<IReadOnlyList<Finding>> CheckAsync(LocatedSettings located)
    {
        await using var made = await MakeAsync(located);
        return made.Findings;
    }

    /// <summary>All that is wrong with a configuration; and if nothing is, what of it cannot be connected to.</summary>
    /// <param name="located">The configuration.</param>
    /// <param name="patience">How long each source, bus and target may take.</param>
    /// <param name="told">Is told what was tried, and whether that went well; null: it cannot be told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<Finding>> ConnectAsync(
        LocatedSettings located, TimeSpan patience, Action<string, string, bool?> told, CancellationToken cancellationToken)
    {
        await using var made = await MakeAsync(located);
        if (made.Host is not { } host || made.Findings.Any(finding => !finding.IsWarning))
            return made.Findings;
        var errors = new List<ConfigurationError>();
        foreach (var participant in host.Services.GetServices<IHostedService>().OfType<HostedParticipant>())
        {
            await foreach (var outcome in participant.ConnectAsync(patience, TimeProvider.System, cancellationToken))
            {
                told(outcome.Path, outcome.What, outcome.IsTold ? outcome.Error is null : null);
                if (outcome.Error is { } error)
                    errors.Add(new(outcome.Path, $"The {outcome.What} cannot be used.", error.ReplaceLineEndings(" ")));
            }
        }

        return located.With(errors);
    }

    /// <summary>The JSON Schema of all settings that there are.</summary>
    public static async Task<JsonObject> DescribeAsync()
    {
        var (root, errors) = (new RecordingSection(SettingFiles.Root), new ConfigurationErrors(SettingFiles.Root));
        using var host = Create(root, errors);
        await host.Services.CheckHermesAsync();
        return SettingSchema.Of(root);
    }

    private static IHost Create(IConfigurationSection root, ConfigurationErrors errors)
    {
        var settings = HostSettings.Read(root, errors);
        if (settings.Http is not { } http)
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            AddParts(builder, settings);
            return builder.Build();
        }

        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddParts(web, settings);
        HttpSide.Add(web, http);
        var app = web.Build();
        HttpSide.Map(app, http);
        return app;
    }

    private static void AddParts(IHostApplicationBuilder builder, HostSettings settings)
    {
        Log(builder.Logging, settings.LogLevels);
        AddSupervisor(builder.Services, settings);
        builder.Services.AddWindowsService(service => service.ServiceName = "Hermes");
        foreach (var section in settings.Servers)
            builder.Services.AddHermesServer(section.Key, section, server => AddKinds(server, settings));
        foreach (var section in settings.Clients)
            builder.Services.AddHermesClient(section.Key, section, client => AddKinds(client, settings));
        settings.Filters.AddTo(builder.Services);
        if (settings.Mail is { } mail)
            builder.Services.AddHermesMailNotifier(mail);
        if (settings.Templates == TemplateLanguage.Scriban)
            builder.Services.AddScribanTemplates();
    }

    private static void AddKinds(IHermesServerBuilder server, HostSettings settings)
    {
        server.AddFileKinds().AddHttpKinds().AddKafkaKinds().AddLdapKinds().AddPostgreSqlKinds().AddRabbitMqKinds().AddSqlKinds().AddSqliteKinds();
        foreach (var (name, factory) in Drivers.Concat(settings.Drivers.Select(driver => (driver.Key, driver.Value))))
            server.AddSqlProvider(name, factory);
    }

    private static void AddKinds(IHermesClientBuilder client, HostSettings settings)
    {
        client.AddFileKinds().AddHttpKinds().AddKafkaKinds().AddLdapKinds().AddPostgreSqlKinds().AddRabbitMqKinds().AddSqlKinds().AddSqliteKinds();
        client.AddTargetKind("Log", part => new LogTarget(part.Services.GetRequiredService<ILogger<LogTarget>>()));
        foreach (var (name, factory) in Drivers.Concat(settings.Drivers.Select(driver => (driver.Key, driver.Value))))
            client.AddSqlProvider(name, factory);
    }

    // Any supervisor that wants to be told gives the socket, such as one of containers; systemd is known by more, and has a way of its own to log.
    private static void AddSupervisor(IServiceCollection services, HostSettings settings)
    {
        services.AddSystemd();
        if (!SystemdHelpers.IsSystemdService() && Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
            services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<IHostLifetime, SystemdLifetime>();
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } && Watchdog.Wanted(Environment.GetEnvironmentVariable) is { } interval)
            services.AddHostedService(provider => new Watchdog(provider, settings, interval));
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

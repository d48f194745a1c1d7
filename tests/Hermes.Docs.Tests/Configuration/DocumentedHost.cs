using System.Text;
using Hermes.Abstractions.Configuration;
using Hermes.Testing.Buses;
using Hermes.Testing.Sources;
using Hermes.Testing.Targets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Hermes.Docs.Tests.Configuration;

/// <summary>A host that is configured as a page says. Code brings only what the page leaves to the reader.</summary>
internal static class DocumentedHost
{
    /// <summary>What is wrong when it starts.</summary>
    public static async Task<IReadOnlyList<ConfigurationError>> ErrorsAsync(string json)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        foreach (var section in builder.Configuration.GetSection("Hermes:Servers").GetChildren())
            AddServer(builder.Services, section);
        foreach (var section in builder.Configuration.GetSection("Hermes:Clients").GetChildren())
            AddClient(builder.Services, section);
        using var host = builder.Build();
        try
        {
            await host.StartAsync();
            await host.StopAsync();
            return [];
        }
        catch (HermesConfigurationException wrong)
        {
            return wrong.Errors;
        }
    }

    private static void AddServer(IServiceCollection services, IConfigurationSection section) => services.AddHermesServer(section.Key, section, server =>
    {
        server.AddSqlKinds().AddSqliteKinds().AddFileKinds().AddHttpKinds().AddLdapKinds().AddKafkaKinds().AddPostgreSqlKinds().AddRabbitMqKinds().AddThirdPartyKinds()
            .AddSqlProvider("Npgsql", NpgsqlFactory.Instance).AddSqlProvider("Sqlite", SqliteFactory.Instance);
        if (!Has(section, "PollInterval"))
            server.PollEvery(TimeSpan.FromDays(1));
        if (!Has(section, "State"))
            server.UseInMemoryState(new());
        if (!Has(section, "Bus"))
            server.UseInMemoryBus(new InMemoryBus());
        foreach (var source in SourcesOf(section).Where(source => !Has(section, $"Sources:{source}")))
            server.AddInMemorySource(source, new InMemorySource());
        if (!Has(section, "DataTypes"))
            server.AddInMemorySource("any", new InMemorySource()).DataType("Any", type => type.Key("id").From("any", rows => rows.Fetch("any").MapAll("id")));
    });

    private static void AddClient(IServiceCollection services, IConfigurationSection section) => services.AddHermesClient(section.Key, section, client =>
    {
        client.AddSqlKinds().AddSqliteKinds().AddFileKinds().AddHttpKinds().AddLdapKinds().AddKafkaKinds().AddPostgreSqlKinds().AddRabbitMqKinds().AddThirdPartyKinds()
            .AddSqlProvider("Npgsql", NpgsqlFactory.Instance).AddSqlProvider("Sqlite", SqliteFactory.Instance);
        if (!Has(section, "State"))
            client.UseInMemoryState();
        if (!Has(section, "Bus"))
            client.UseInMemoryBus(new InMemoryBus());
        if (!Has(section, "Target"))
            client.UseTarget(_ => new RecordingTarget());
        if (!Has(section, "DataTypes"))
            client.DataType("Any", type => type.From("Any").Map("id"));
    });

    private static bool Has(IConfigurationSection section, string path) => section.GetSection(path).GetChildren().Any() || section[path] is { Length: > 0 };

    private static IEnumerable<string> SourcesOf(IConfigurationSection server) => server.GetSection("DataTypes").GetChildren()
        .SelectMany(type => type.GetSection("Sources").GetChildren()).Select(source => source["Source"]!).Distinct(StringComparer.Ordinal);
}

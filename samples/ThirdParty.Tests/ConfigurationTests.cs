using System.Text;
using FluentAssertions;
using Hermes.Abstractions.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ThirdParty.Tests;

/// <summary>A server and a client in a host, with bus and target named by a configuration.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("third-party-").FullName;
    private readonly InMemorySource _source = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_row_becomes_a_file_by_way_of_parts_that_the_configuration_names()
    {
        _source.Table("people", "id", "name").Add(7, "Ada");
        using var host = CreateHost($$"""{ "Kind": "Ini", "Folder": {{Json(Path.Combine(_folder, "accounts"))}} }""");

        await host.StartAsync();
        // A client has caught up with what is on the bus: the people have to be on it.
        (await host.Services.GetRequiredKeyedService<IHermesServerControl>("campus").UpdateAsync().WaitAsync(Bound)).Error.Should().BeNull();
        await host.Services.GetRequiredKeyedService<IHermesClientControl>("files").WhenCaughtUpAsync().WaitAsync(Bound);
        await host.StopAsync();

        (await File.ReadAllLinesAsync(Path.Combine(_folder, "accounts", "Accounts.7.ini"))).Should().Equal("name=Ada");
    }

    [Fact]
    public async Task What_is_wrong_with_the_settings_is_told_with_its_path()
    {
        using var host = CreateHost("""{ "Kind": "Ini", "Foldr": "accounts" }""");

        var start = () => host.StartAsync();

        (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Message
            .Should().Contain("Hermes:Clients:files:Target:Foldr").And.Contain("Did you mean Folder?");
    }

    private IHost CreateHost(string target)
    {
        var bus = $$"""{ "Kind": "JsonFolder", "Folder": {{Json(Path.Combine(_folder, "bus"))}} }""";
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""
            {
              "Hermes": {
                "Servers": { "campus": { "PollInterval": "00:05:00", "InitSyncAtFirstPoll": true, "Bus": {{bus}} } },
                "Clients": { "files": { "Bus": {{bus}}, "Target": {{target}} } }
              }
            }
            """)));
        builder.Services.AddHermesServer("campus", builder.Configuration.GetSection("Hermes:Servers:campus"), server => server
            .AddThirdPartyKinds()
            .UseInMemoryState(new())
            .AddInMemorySource("hr", _source)
            .DataType("People", type => type.Key("id").From("hr", rows => rows.Fetch("people").MapAll("id", "name"))));
        builder.Services.AddHermesClient("files", builder.Configuration.GetSection("Hermes:Clients:files"), client => client
            .AddThirdPartyKinds()
            .UseInMemoryState()
            .DataType("Accounts", type => type.From("People").Map("name")));
        return builder.Build();
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}

using System.Text;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Testing.Buses;
using Hermes.Testing.Targets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.ClientRuntime.Tests.Configuration;

public sealed class ClientConfigurationTests
{
    [Fact]
    public async Task All_errors_are_told_at_once_with_path_and_fix()
    {
        var errors = await ErrorsAsync(
            """
            {
              "RetryIntervall": "01:00:00",
              "PurgeInterval": "soon",
              "ForeignKeys": "Sometimes",
              "DataTypes": [ { "Name": "Users", "From": "SRVUsers", "Maping": { "a": "b" } } ]
            }
            """);
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:RetryIntervall: This setting is unknown. Did you mean RetryInterval?"));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:PurgeInterval: The value cannot be read. Write a time"));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:ForeignKeys: The value cannot be read. Use one of: Disabled, OnRemove, OnEvery."));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:DataTypes:0:Maping: This setting is unknown."));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:Bus: It is not set."));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:State: It is not set."));
    }

    [Fact]
    public async Task A_template_error_has_line_and_column()
    {
        var errors = await ErrorsAsync("""{ "DataTypes": [ { "Name": "Users", "From": "", "Mapping": { "x": "{{ first ~ }}" } } ], "MaxConcurrency": 0 }""");
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:DataTypes:Users:Mapping:x: The template cannot be used:") && error.Contains("line 1, column"));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:DataTypes:Users:From:"));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:MaxConcurrency: The number is 0."));
    }

    [Fact]
    public async Task References_that_lead_nowhere_are_told_with_near_names_together_with_all_else()
    {
        var errors = await ErrorsAsync(
            """
            {
              "MaxConcurrency": 0,
              "DataTypes": [
                { "Name": "Users", "From": "SRVUsers", "Mapping": { "manager": "manager", "login": "login" },
                  "Reference": { "manger": "Users", "manager": "Usres" }, "References": { "manager": "Users" }, "Policies": { "manager": "CreateOnly" } },
                { "Name": "Groups", "From": "SRVGroups", "Mapping": { "name": "name" } } ]
            }
            """);
        const string Users = "Hermes:Clients:portal:DataTypes:Users";
        errors.Should().Contain(error => error.StartsWith($"{Users}:Reference:manger: The type has no local attribute 'manger'. Map it, or use one of: manager, login."));
        errors.Should().Contain(error => error.StartsWith($"{Users}:Reference:manager: The client has no data type 'Usres'") && error.Contains("Use one of: Users, Groups."));
        errors.Should().Contain(error => error.StartsWith($"{Users}:References:manager: The attribute is CreateOnly"));
        errors.Should().Contain(error => error.StartsWith("Hermes:Clients:portal:MaxConcurrency:"));
    }

    [Fact]
    public async Task A_section_and_code_make_the_same_client()
    {
        var bus = new InMemoryBus();
        var target = new RecordingTarget();
        await using var services = Build(
            """
            {
              "Bus": { "Kind": "Memory" },
              "TrashbinRetention": "1.00:00:00",
              "DataTypes": [ { "Name": "Users", "From": "SRVUsers", "ToString": "{{ login }}", "Mapping": { "login": "login", "boss": "mail", "friends": "last" },
                "Reference": { "boss": "Users" }, "References": { "friends": "Users" } } ]
            }
            """,
            bus,
            target);
        await SendAsync(bus);
        var hosted = services.GetServices<IHostedService>().Single();
        await hosted.StartAsync(CancellationToken.None);
        var control = services.GetRequiredKeyedService<IHermesClientControl>("portal");
        await control.WhenCaughtUpAsync();

        target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "ada")));
        target.Types.Single().References.Should().BeEquivalentTo(
            new Dictionary<string, TargetReference> { ["boss"] = new("Users", IsList: false), ["friends"] = new("Users", IsList: true) });
        await control.StopAsync();
        control.Status.State.Should().Be(RunState.Stopped);
    }

    [Fact]
    public async Task A_foreign_key_to_a_type_that_is_not_mapped_stops_the_client_and_says_which_to_add()
    {
        await using var harness = new Testing.Client.ClientHarness();
        await harness.SendInitSyncAsync(Campus.Schema);
        await harness.StartAsync(new RecordingTarget(), client => client.DataType("Members", type => type.From("SRVMembers").Map("uid")));

        var wait = async () => await harness.AppliedAsync();
        (await wait.Should().ThrowAsync<NotRunningException>()).WithMessage("*Add a data type from 'SRVGroups'.*Add a data type from 'SRVUsers'.*");
    }

    [Fact]
    public async Task Several_clients_live_in_one_host()
    {
        var bus = new InMemoryBus();
        RecordingTarget one = new(), two = new();
        var services = new ServiceCollection().AddLogging();
        services.AddHermesClient("one", client => client.UseInMemoryBus(bus).ToRecording(one).UseInMemoryState().Model());
        services.AddHermesClient("two", client => client.UseInMemoryBus(bus).ToRecording(two).UseInMemoryState().DataType("U", type => type.From("SRVUsers").Map("login")));
        await using var host = services.BuildServiceProvider();
        await SendAsync(bus);
        foreach (var hosted in host.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        await host.GetRequiredKeyedService<IHermesClientControl>("one").WhenCaughtUpAsync();
        await host.GetRequiredKeyedService<IHermesClientControl>("two").WhenCaughtUpAsync();

        one.Entries("Users").Should().HaveCount(1);
        two.Entries("U").Should().HaveCount(1);
    }

    private static async Task SendAsync(InMemoryBus bus)
    {
        await using var producer = bus.CreateProducer();
        Events.HermesEvent[] events = [new Events.InitStartEvent(Campus.Schema), Campus.User("1", "ada"), new Events.InitStopEvent()];
        await producer.SendAsync([.. events.Select(sent => new Abstractions.Buses.BusMessage(
            Events.Json.EventJson.CategoryName(sent.Category), Events.Json.EventJson.Encode(sent, null)))], CancellationToken.None);
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(string json)
    {
        await using var services = Build(json, null, null);
        var start = () => services.GetServices<IHostedService>().Single().StartAsync(CancellationToken.None);
        return [.. (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors.Select(error => error.ToString())];
    }

    private static ServiceProvider Build(string json, InMemoryBus? bus, RecordingTarget? target)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Hermes": { "Clients": { "portal": {{json}} } } }""")))
            .Build();
        var services = new ServiceCollection().AddLogging();
        services.AddHermesClient("portal", configuration.GetSection("Hermes:Clients:portal"), client =>
        {
            if (bus is not null)
                client.AddBusKind("Memory", _ => bus.CreateConsumer()).UseInMemoryState();
            if (target is not null)
                client.ToRecording(target);
        });
        return services.BuildServiceProvider();
    }
}

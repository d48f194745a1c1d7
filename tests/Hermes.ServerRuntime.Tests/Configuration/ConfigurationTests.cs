using System.Text;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Hermes.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.ServerRuntime.Tests.Configuration;

public sealed class ConfigurationTests
{
    private const string Campus = """
        { "Hermes": { "Servers": { "campus": {
          "PollInterval": "01:00:00",
          "InitSyncAtFirstPoll": true,
          "MaxLoggedValueLength": 100,
          "RemovalGuard": { "MaxPercent": 10, "MinEntries": 5, "MaxEntries": 1000, "Enabled": true },
          "Retry": { "FirstDelay": "00:00:01", "MaxDelay": "00:01:00" },
          "State": { "Kind": "Memory" },
          "Sources": { "hr": { "Kind": "Memory" } },
          "DataTypes": [
            { "Name": "Groups", "Key": "id", "ToString": "{{ id }}",
              "Sources": [ { "Source": "hr", "Fetch": "groups", "Mapping": { "id": "id" } } ] },
            { "Name": "Members", "Key": [ "group", "user" ],
              "OnMergeConflict": "KeepFirstValue",
              "ForeignKeys": { "group": { "Type": "Groups", "Attribute": "id" } },
              "IntegrityConstraints": [ "{{ _SELF.group in Groups_pkeys }}" ],
              "Sources": [
                { "Source": "hr", "Name": "first",
                  "Fetch": { "Query": "members", "Variables": { "limit": "{{ 1 + 1 }}" } },
                  "CommitOne": { "Kind": "Modify", "Query": "done", "Variables": { "user": "{{ ITEM_FETCHED_VALUES.user }}" } },
                  "Mapping": { "group": "group", "user": "{{ user | string }}", "both": [ "group", "user" ], "pin": "pin", "seen": "seen", "note": "note" },
                  "SecretAttributes": [ "pin" ], "CacheOnlyAttributes": "seen", "LocalAttributes": [ "note" ],
                  "KeyMergeConstraint": "None", "OnBadRow": "KeepCached", "ExpectAtLeast": 3,
                  "MergeConstraints": [ "{{ _SELF.user != 'x' }}" ] } ] }
          ]
        } } } }
        """;

    private readonly InMemorySource _source = new();

    public ConfigurationTests()
    {
        _source.Table("groups", "id").Add("g1");
        _source.Table("members", "group", "user", "pin", "seen", "note").Add("g1", 1, "p", "s", "n").Add("g9", 2, "p", "s", "n").Add("g1", "x", "p", "s", "n");
    }

    [Fact]
    public async Task Section_and_code_give_the_same_server()
    {
        var fromSection = await RunAsync(server => { }, Campus);
        var fromCode = await RunAsync(InCode, null);

        fromSection.Should().Equal(
            "init-start Groups[id](id); Members[group,user](both,group,pin!,user) group->Groups.id",
            "init Groups \"g1\": id=\"g1\"",
            "init Members (\"g1\", \"1\"): both=[\"g1\", 1] group=\"g1\" user=\"1\"",
            "init-stop",
            "modified Members (\"g1\", \"1\"): +pin=\"p\"");
        fromCode.Should().Equal(fromSection);
        _source.Writes.Should().HaveCount(2).And.OnlyContain(write => write.Variables["user"] == (Value)"1");
        _source.Fetches.Where(fetch => fetch.Query == "members").Should().OnlyContain(fetch => fetch.Variables["limit"] == (Value)2);
    }

    [Fact]
    public async Task A_poll_interval_that_cannot_be_read_is_the_only_error()
    {
        var errors = await ErrorsAsync(Campus.Replace("\"PollInterval\": \"01:00:00\"", "\"Bus\": { \"Kind\": \"None\" }, \"PollInterval\": \"soon\"", StringComparison.Ordinal));

        errors.Should().Contain(error => error.Path.EndsWith(":PollInterval") && error.Problem == "The value cannot be read.").And.HaveCount(2, "the bus is unknown");
    }

    [Fact]
    public async Task Names_where_a_list_is_expected_are_an_error_and_so_is_a_list_where_names_are()
    {
        var errors = await ErrorsAsync("""
            { "Hermes": { "Servers": { "campus": {
              "PollInterval": "01:00:00",
              "Sources": [ { "Kind": "Memory" } ],
              "DataTypes": { "Groups": { "Key": "id" } }
            } } } }
            """);

        errors.Should().Contain(error => error.Path == "Hermes:Servers:campus:Sources" && error.Problem == "Names are expected here, not a list.")
            .And.Contain(error => error.Path == "Hermes:Servers:campus:DataTypes" && error.Problem == "A list is expected here, not settings by name.");
    }

    [Fact]
    public async Task All_errors_are_reported_at_once_with_path_and_fix()
    {
        var errors = await ErrorsAsync("""
            { "Hermes": { "Servers": { "campus": {
              "PollIntervall": "01:00:00",
              "InitSyncAtFirstPoll": "perhaps",
              "RemovalGuard": { "MaxPercent": 400, "Percent": 3 },
              "Retry": { "FirstDelay": "soon" },
              "State": { "Kind": "Stone" },
              "Sources": { "hr": { "Kind": "Memory" }, "old": { } },
              "DataTypes": [
                { "Name": "Users", "Key": "id", "Colour": "blue",
                  "Sources": [ { "Source": "hrr", "Fetch": "users", "Mapping": { "id": "id", "name": "{{ name | }}" }, "KeyMergeConstraint": "Sometimes", "OnBadRow": "Perhaps",
                                 "ExpectAtLeast": -1,
                                 "CommitOne": { "Kind": "Add", "Query": "x" }, "CommitAll": { "Kind": "Add", "Query": "y" } } ] }
              ]
            } } } }
            """);

        const string Path = "Hermes:Servers:campus:";
        errors.Select(error => error.Path).Should().Contain(
        [
            Path + "PollIntervall", Path + "PollInterval", Path + "InitSyncAtFirstPoll", Path + "RemovalGuard:MaxPercent", Path + "RemovalGuard:Percent",
            Path + "Retry:FirstDelay", Path + "State:Kind", Path + "Sources:old:Kind", Path + "DataTypes:0:Colour", Path + "DataTypes:0:Sources:0:KeyMergeConstraint",
            Path + "DataTypes:0:Sources:0:OnBadRow", Path + "DataTypes:0:Sources:0:ExpectAtLeast",
        ]);
        errors.Should().Contain(error => error.Path.StartsWith(Path + "DataTypes:0:Sources:0:Source") && error.Problem.Contains("hrr"));
        errors.Should().Contain(error => error.Path.StartsWith(Path + "DataTypes:0:Sources:0:Mapping:name") && error.Problem.Contains("line 1"));
        errors.Should().Contain(error => error.Path == Path + "DataTypes:0:Sources:0" && error.Problem.Contains("both CommitOne and CommitAll"));
        errors.Should().OnlyContain(error => error.Problem.Length > 0 && error.Fix.Length > 0);
    }

    [Theory]
    [InlineData("\"PollInterval\": \"-01:00:00\"", "PollInterval", "not positive")]
    [InlineData("\"PollInterval\": \"5 minutes\"", "PollInterval", "cannot be read")]
    [InlineData("\"PollInterval\": { \"Every\": 5 }", "PollInterval", "text is expected")]
    [InlineData("\"MaxLoggedValueLength\": 0", "MaxLoggedValueLength", "not positive")]
    [InlineData("\"Retry\": \"fast\"", "Retry", "section is expected")]
    [InlineData("\"Retry\": { \"MaxDelay\": \"00:00:01\" }", "Retry:MaxDelay", "shorter than the first")]
    [InlineData("\"Retry\": { \"MaxDelay\": \"9.00:00:00\" }", "Retry:MaxDelay", "longer than a day")]
    [InlineData("\"RemovalGuard\": { \"MinEntries\": -1 }", "RemovalGuard:MinEntries", "negative")]
    [InlineData("\"RemovalGuard\": { \"MaxEntries\": \"many\" }", "RemovalGuard:MaxEntries", "cannot be read")]
    [InlineData("\"RemovalGuard\": { \"Attributes\": { \"MaxPercent\": 101 } }", "RemovalGuard:Attributes:MaxPercent", "not between 0 and 100")]
    [InlineData("\"RemovalGuard\": { \"Attributes\": { \"Excpt\": [ \"Users\" ] } }", "RemovalGuard:Attributes:Excpt", "unknown")]
    [InlineData("\"Sources\": { \"x\": { \"Kind\": \"Paper\" } }", "Sources:x:Kind", "'Paper' is unknown")]
    [InlineData("\"Bus\": { \"Kind\": \"Pigeon\" }", "Bus:Kind", "'Pigeon' is unknown")]
    [InlineData("\"DataTypes\": [ { \"Sources\": [ { \"Mapping\": { \"a\": [ { \"b\": 1 } ] } } ] } ]", "DataTypes:0:Sources:0:Mapping:a:0", "text is expected")]
    public async Task Each_wrong_setting_is_named(string setting, string path, string problem)
    {
        var errors = await ErrorsAsync($$"""{ "Hermes": { "Servers": { "campus": { {{setting}} } } } }""");

        errors.Should().Contain(error => error.Path == "Hermes:Servers:campus:" + path && error.Problem.Contains(problem));
    }

    [Theory]
    [InlineData("Groups", true)]
    [InlineData("Groups.name", true)]
    [InlineData("Group", false)]
    [InlineData("Groups.nam", false)]
    [InlineData("Groups.", false)]
    public async Task Exceptions_from_the_guard_of_attributes_are_types_or_attributes_of_the_model(string name, bool isKnown)
    {
        var errors = await ErrorsAsync($$"""
            { "Hermes": { "Servers": { "campus": {
              "RemovalGuard": { "Attributes": { "Except": [ "{{name}}" ] } },
              "State": { "Kind": "Memory" },
              "Sources": { "hr": { "Kind": "Memory" } },
              "DataTypes": [ { "Name": "Groups", "Key": "id", "Sources": [ { "Source": "hr", "Fetch": "groups", "Mapping": { "id": "id", "name": "name" } } ] } ]
            } } } }
            """);

        errors.Any(error => error.Path == "Hermes:Servers:campus:RemovalGuard:Attributes:Except:0" && error.Problem.Contains(name)).Should().Be(!isKnown);
        errors.Should().Contain(error => error.Path.EndsWith(":PollInterval", StringComparison.Ordinal), "that one is missing in all cases");
    }

    [Fact]
    public async Task Missing_section_is_named()
    {
        var errors = await ErrorsAsync("{ }");

        errors.Should().Contain(error => error.Path == "Hermes:Servers:campus" && error.Problem.Contains("missing"));
    }

    [Fact]
    public async Task Missing_bus_and_state_are_named()
    {
        using var host = Host(services => services.AddHermesServer(
            "campus", server => server.PollEvery(TimeSpan.FromHours(1)).AddInMemorySource("hr", _source)));

        var start = () => host.StartAsync();

        var errors = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors;
        errors.Select(error => error.Path).Should().Contain(["Hermes:Servers:campus:Bus", "Hermes:Servers:campus:State"]);
    }

    [Fact]
    public async Task Part_that_cannot_be_made_is_an_error_of_the_configuration()
    {
        await using var harness = new ServerHarness();

        var start = () => harness.StartAsync(server => server.AddSource(
            "hr", _ => throw new HermesConfigurationException("Sources:hr:File", "It is missing.", "Set it.")));

        var errors = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors;
        errors.Should().Contain(error => error.Path == "Hermes:Servers:campus:Sources:hr:File");
    }

    [Fact]
    public async Task Several_servers_live_in_one_host_and_are_told_apart_by_name()
    {
        var states = new[] { new InMemoryServerState(), new InMemoryServerState() };
        var bus = new Testing.Buses.InMemoryBus();
        using var host = Host(services =>
        {
            foreach (var (name, state) in new[] { "campus", "clinic" }.Zip(states))
            {
                services.AddHermesServer(name, server => server.UseInMemoryBus(bus).UseInMemoryState(state)
                    .PollEvery(TimeSpan.FromHours(1))
                    .AddInMemorySource("hr", _source)
                    .DataType("Groups", type => type.Key("id").From("hr", source => source.Fetch("groups").MapAll("id"))));
            }
        });
        await host.StartAsync();

        var clinic = host.Services.GetRequiredKeyedService<IHermesServerControl>("clinic");
        (await clinic.InitSyncAsync()).Error.Should().BeNull();
        bus.Messages.Should().HaveCount(3).And.OnlyContain(message => message.Message.Id!.StartsWith(states[1].Header!.ProducerId));
        var unkeyed = () => host.Services.GetRequiredService<IHermesServerControl>();
        unkeyed.Should().Throw<InvalidOperationException>().WithMessage("*campus, clinic*");
        await host.StopAsync();
    }

    [Fact]
    public async Task Only_server_of_a_host_is_found_without_its_name()
    {
        using var host = Host(services => services.AddHermesServer("campus", InCode).AddHermesServer("campus", server =>
            server.UseInMemoryBus(new Testing.Buses.InMemoryBus()).UseInMemoryState(new InMemoryServerState())));
        await host.StartAsync();

        host.Services.GetRequiredService<IHermesServerControl>().Name.Should().Be("campus");
        host.Services.GetServices<IHostedService>().Should().ContainSingle("describing a server again adds to it");
        await host.StopAsync();
    }

    [Fact]
    public async Task Fetch_of_a_type_declared_later_warns()
    {
        await using var harness = new ServerHarness();
        await harness.StartAsync(server => server.AddInMemorySource("hr", _source)
            .DataType("Early", type => type.Key("id").From("hr", source => source
                .Fetch("groups", fetch => fetch.Bind("x", "{{ Late_pkeys | length }}"))
                .MapAll("id")))
            .DataType("Late", type => type.Key("id").From("hr", source => source.Fetch("groups").MapAll("id"))));

        harness.Log.Lines.Should().Contain(line => line.StartsWith("Warning 3:") && line.Contains("Late"));
    }

    private static IHost Host(Action<IServiceCollection> register)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        register(builder.Services);
        return builder.Build();
    }

    private async Task<IReadOnlyList<ConfigurationError>> ErrorsAsync(string json)
    {
        using var host = Host(services => services.AddHermesServer("campus", Section(json), server => Kinds(server, new InMemoryServerState())));
        var start = () => host.StartAsync();
        return (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors;
    }

    private static IConfigurationSection Section(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build().GetSection("Hermes:Servers:campus");

    private async Task<IReadOnlyList<string>> RunAsync(Action<IHermesServerBuilder> code, string? json)
    {
        var bus = new Testing.Buses.InMemoryBus();
        using var host = Host(services =>
        {
            void Configure(IHermesServerBuilder server) => code(Kinds(server.UseInMemoryBus(bus), new InMemoryServerState()));
            if (json is null)
                services.AddHermesServer("campus", Configure);
            else
                services.AddHermesServer("campus", Section(json), Configure);
        });
        await host.StartAsync();
        (await host.Services.GetRequiredService<IHermesServerControl>().UpdateAsync()).Error.Should().BeNull();
        await host.StopAsync();
        return EventLines.Of(bus.Messages.Select(message => Events.Json.EventJson.Decode(message.Message.Body.Span).Event));
    }

    private IHermesServerBuilder Kinds(IHermesServerBuilder server, InMemoryServerState state) =>
        server.AddStateKind("Memory", _ => state).AddSourceKind("Memory", _ => _source);

    private void InCode(IHermesServerBuilder server) => server
        .UseInMemoryState(new InMemoryServerState())
        .AddInMemorySource("hr", _source)
        .PollEvery(TimeSpan.FromHours(1))
        .InitSyncAtFirstPoll()
        .GuardRemovals(guard => (guard.MaxPercent, guard.MinEntries, guard.MaxEntries) = (10, 5, 1000))
        .DataType("Groups", type => type.Key("id").DisplayAs("{{ id }}").From("hr", source => source.Fetch("groups").Map("id")))
        .DataType("Members", type => type
            .Key("group", "user")
            .OnMergeConflict(Diff.Model.MergeConflictPolicy.KeepFirstValue)
            .ForeignKey("group", "Groups", "id")
            .IntegrityConstraint("{{ _SELF.group in Groups_pkeys }}")
            .From("hr", source => source
                .Named("first")
                .Fetch("members", fetch => fetch.Bind("limit", "{{ 1 + 1 }}"))
                .CommitOne(commit => commit.Modify("done").Bind("user", "{{ ITEM_FETCHED_VALUES.user }}"))
                .Map("group")
                .Map("user", "user", user => user.ToString())
                .Map("both", ["group", "user"], values => ValueList.Create(values))
                .MapAll("pin", "seen", "note")
                .MergeConstraint("{{ _SELF.user != 'x' }}"))
            .Secret("pin").CacheOnly("seen").Local("note"));
}

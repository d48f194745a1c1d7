using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Buses;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Hermes.Testing.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.Scriban.Tests;

/// <summary>A server and a client whose templates are Scriban: mappings, constraints, and how entries show.</summary>
public sealed class WholeWayTests
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryBus _bus = new();
    private readonly RecordingTarget _target = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Templates_of_server_and_client_are_scriban(bool isAddedFirst)
    {
        var users = _source.Table("users", "id", "first", "last", "jobs").Add(1, "Zoé", "De La Tour", "it;hr").Add(2, "Bob", "Hope", Value.Null);
        _source.Table("members", "uid", "role").Add(1, "lead").Add(3, "nobody");
        using var host = Build(isAddedFirst);
        await host.StartAsync();

        (await host.Services.GetRequiredService<IHermesServerControl>().InitSyncAsync()).Error.Should().BeNull();
        await CaughtUpAsync(host);

        User(1)["login"].Should().Be(Value.From("zoé.de-la-tour"));
        User(1)["jobs"].Should().Be(Value.From(ValueList.Create(["it", "hr"])));
        User(1)["label"].Should().Be(Value.From("De La Tour, Zoé"));
        User(2).TryGetValue("jobs", out _).Should().BeFalse();
        _target.Entries("Member").Should().ContainSingle();

        users.Set(1, "first", "Ada");
        (await host.Services.GetRequiredService<IHermesServerControl>().UpdateAsync()).Error.Should().BeNull();
        await CaughtUpAsync(host);
        User(1)["label"].Should().Be(Value.From("De La Tour, Ada"));

        await host.StopAsync();
    }

    private static async Task CaughtUpAsync(IHost host)
    {
        var client = host.Services.GetRequiredService<IHermesClientControl>();
        await client.WhenCaughtUpAsync();
        await client.WhenCaughtUpAsync();
    }

    private Entry User(int id) => _target.Entries("User")[EntryKey.Of(id)];

    private IHost Build(bool isAddedFirst)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (isAddedFirst)
            builder.Services.AddScribanTemplates();
        builder.Services.AddHermesServer("campus", Describe);
        builder.Services.AddHermesClient("campus", Describe);
        if (!isAddedFirst)
            builder.Services.AddScribanTemplates();
        return builder.Build();
    }

    private void Describe(IHermesServerBuilder server) => server
        .UseInMemoryBus(_bus).UseInMemoryState(new InMemoryServerState()).AddInMemorySource("hr", _source).PollEvery(TimeSpan.FromDays(1))
        .DataType("Users", type => type
            .Key("id")
            .DisplayAs("{{ last | string.upcase }} ({{ id }})")
            .From("hr", rows => rows
                .Fetch("users")
                .MapAll("id", "first", "last")
                .Map("login", "{{ (first + '.' + last) | string.downcase | string.replace ' ' '-' }}")
                .Map("jobs", "{{ jobs == null ? null : (jobs | string.split ';') }}")))
        .DataType("Members", type => type
            .Key("uid")
            .IntegrityConstraint("{{ Users_pkeys | array.contains _SELF.uid }}")
            .From("hr", rows => rows.Fetch("members").MapAll("uid", "role")));

    private void Describe(IHermesClientBuilder client) => client
        .UseInMemoryBus(_bus).UseInMemoryState().ToRecording(_target)
        .DataType("User", type => type.From("Users").MapAll("login", "jobs").Map("label", "{{ last + ', ' + (first ?? '?') }}"))
        .DataType("Member", type => type.From("Members").Map("role"));
}

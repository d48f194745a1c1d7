using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Buses;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.ServerRuntime.Tests.Hosting;

/// <summary>How a server starts in a host, and what is left of it if it does not.</summary>
public sealed class HermesServerTests
{
    private const string Path = "Hermes:Servers:campus:";

    private readonly InMemorySource _source = new();
    private readonly List<string> _disposed = [];

    public HermesServerTests() => _source.Table("users", "id").Add(1);

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        using var host = Host(
            server => server
                .UseBus(_ => new Bus(PartOptions.Make<BusOptions>("Bus", options => options.Port = 0), _disposed))
                .AddSource("broken", _ => throw new NullReferenceException("No driver."))
                .AddSourceKind("Csv", _ => throw new HermesConfigurationException("Sources:files:Folder", "It is missing.", "Set it."))
                .Configure(_ => throw new InvalidCastException("Not this way.")),
            ("PollInterval", "5 minutes"),
            ("PolInterval", "00:05:00"),
            ("MaxLoggedValueLength", ""),
            ("Sources:files:Kind", "csv"),
            ("Sources:more:Kind", "Cvs"),
            ("DataTypes:0:Name", "Users"),
            ("DataTypes:0:Key", "id"),
            ("DataTypes:0:Sources:0:Source", "files"),
            ("DataTypes:0:Sources:0:Fetch", "users"),
            ("DataTypes:0:Sources:0:Mapping:id", "{{ id | }}"));

        var start = () => host.StartAsync();

        var errors = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors;
        errors.Select(error => error.Path).Should().BeEquivalentTo(
            Path + "PollInterval",
            Path + "PolInterval",
            Path + "MaxLoggedValueLength",
            "Hermes:Servers:campus",
            Path + "DataTypes:0:Sources:0:Mapping:id",
            Path + "Sources:broken",
            Path + "Sources:files:Folder",
            Path + "Sources:more:Kind",
            Path + "Bus:Port",
            Path + "State");
        errors.Single(error => error.Path == Path + "PolInterval").Fix.Should().StartWith("Did you mean PollInterval?");
        errors.Single(error => error.Path == Path + "Sources:more:Kind").Fix.Should().StartWith("Set one of: Csv;");
    }

    [Fact]
    public async Task A_part_of_the_code_wins_over_that_of_the_configuration()
    {
        var bus = new InMemoryBus();
        using var host = Host(
            server => Describe(server).UseInMemoryBus(bus).UseInMemoryState(new InMemoryServerState()).InitSyncAtFirstPoll(),
            ("Bus:Kind", "Nonsense"),
            ("State:Kind", "Nonsense"),
            ("Sources:hr:Kind", "Nonsense"));

        await host.StartAsync();

        (await host.Services.GetRequiredService<IHermesServerControl>().UpdateAsync()).Succeeded.Should().BeTrue();
        bus.Messages.Should().NotBeEmpty();
        await host.StopAsync();
    }

    [Fact]
    public async Task Parts_of_a_server_that_cannot_be_put_together_are_disposed_of()
    {
        using var host = Host(server => Describe(server).UseBus(_ => new Bus(new BusOptions(), _disposed)).UseState(_ => throw new IOException("No disk.")));

        var start = () => host.StartAsync();

        (await start.Should().ThrowAsync<HermesConfigurationException>()).WithMessage("*campus:State: *No disk.*");
        _disposed.Should().Equal("bus");
    }

    [Fact]
    public async Task Parts_of_a_server_whose_state_cannot_be_opened_are_disposed_of()
    {
        using var host = Host(server => Describe(server)
            .UseBus(_ => new Bus(new BusOptions(), _disposed))
            .UseState(_ => new BadStore(_disposed)));

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<ServerStateException>().WithMessage("*damaged*");
        _disposed.Should().Equal("state", "bus");
        host.Services.GetRequiredService<IHermesServerControl>().Status.State.Should().Be(RunState.Failed);
    }

    [Fact]
    public async Task Parts_of_a_server_are_disposed_of_when_another_service_keeps_the_host_from_starting()
    {
        var builder = Builder();
        builder.Services.AddHermesServer("campus", server => Describe(server)
            .UseInMemoryState(new InMemoryServerState())
            .UseBus(_ => new Bus(new BusOptions(), _disposed)));
        builder.Services.AddHostedService<FailingService>();
        var host = builder.Build();

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<TimeZoneNotFoundException>();
        host.Dispose();
        _disposed.Should().Equal("bus");
    }

    [Fact]
    public async Task A_server_that_is_stopped_alone_frees_its_parts_once()
    {
        using var host = Host(server => Describe(server)
            .UseInMemoryState(new InMemoryServerState())
            .UseBus(_ => new Bus(new BusOptions(), _disposed)));
        await host.StartAsync();
        var control = host.Services.GetRequiredService<IHermesServerControl>();

        await control.StopAsync();
        await control.StopAsync();

        _disposed.Should().Equal("bus");
        control.Status.State.Should().Be(RunState.Stopped);
        await control.Awaiting(stopped => stopped.UpdateAsync()).Should().ThrowAsync<NotRunningException>();
        await host.StopAsync();
        _disposed.Should().Equal("bus");
    }

    [Fact]
    public async Task A_server_waits_for_a_state_that_another_one_holds_and_says_so()
    {
        await using var first = new ServerHarness();
        await first.StartAsync(server => Describe(server));
        await using var second = new ServerHarness();

        await second.LaunchAsync(server => Describe(server.UseInMemoryState(first.State)));

        second.Control.Status.State.Should().Be(RunState.WaitingForState);
        second.Control.Status.WaitsFor.Should().Contain("in use by another server");
        var update = second.UpdateAsync();
        await first.StopAsync();
        while (!update.IsCompleted)
        {
            second.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await update).Succeeded.Should().BeTrue();
        second.Control.Status.WaitsFor.Should().BeNull();
    }

    [Fact]
    public async Task A_server_that_waits_for_its_state_can_be_stopped()
    {
        await using var first = new ServerHarness();
        await first.StartAsync(server => Describe(server));
        await using var second = new ServerHarness();
        await second.LaunchAsync(server => Describe(server.UseInMemoryState(first.State)));

        await second.Control.StopAsync();

        second.Control.Status.State.Should().Be(RunState.Stopped);
    }

    private static HostApplicationBuilder Builder() =>
        Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

    private static IHost Host(Action<IHermesServerBuilder> describe, params (string Name, string Value)[] settings)
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(Path + setting.Name, (string?)setting.Value)));
        var section = builder.Configuration.GetSection("Hermes:Servers:campus");
        if (settings.Length == 0)
            builder.Services.AddHermesServer("campus", describe);
        else
            builder.Services.AddHermesServer("campus", section, describe);
        return builder.Build();
    }

    private IHermesServerBuilder Describe(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .PollEvery(TimeSpan.FromHours(1))
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id")));

    private sealed class BusOptions
    {
        [Range(1, 65535)]
        public int Port { get; set; } = 1;
    }

    private sealed class Bus(BusOptions options, List<string> disposed) : IMessageBusProducer
    {
        public bool IsConnected => true;

        public IMessageBusConsumer OpenReader() =>
            options.Port > 0 ? new Testing.Buses.InMemoryBus().CreateConsumer() : throw new BusException("No port.", FaultKind.Permanent);

        public Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken) =>
            options.Port > 0 ? Task.CompletedTask : throw new BusException("No port.", FaultKind.Permanent);

        public ValueTask DisposeAsync()
        {
            disposed.Add("bus");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class BadStore(List<string> disposed) : IServerStateStore, IDisposable
    {
        public ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) =>
            throw new ServerStateException("The state is damaged.", FaultKind.Permanent);

        public void Dispose() => disposed.Add("state");
    }

    private sealed class FailingService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new TimeZoneNotFoundException("Not here.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

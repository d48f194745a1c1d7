using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Hermes.Testing.State;
using Hermes.Testing.Targets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.ClientRuntime.Tests.Hosting;

/// <summary>How a client starts in a host, and what is left of it if it does not.</summary>
public sealed class HermesClientTests
{
    private const string Path = "Hermes:Clients:portal:";

    private readonly List<string> _disposed = [];

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        using var host = Host(
            client => client
                .UseBus(_ => new Bus(PartOptions.Make<BusOptions>("Bus", options => options.Port = 0), _disposed))
                .AddTargetKind("Folder", _ => throw new NullReferenceException("No folder.")),
            ("RetryInterval", "one hour"),
            ("MaxConcurrency", ""),
            ("TargetRetries", "-1"),
            ("Foreignkeys", "Sometimes"),
            ("Target:Kind", "Folder"),
            ("DataTypes:0:Name", "Users"),
            ("DataTypes:0:From", "SRVUsers"),
            ("DataTypes:0:Mapping:id", "{{ id | }}"),
            ("DataTypes:0:Maping:x", "y"));

        var start = () => host.StartAsync();

        var errors = (await start.Should().ThrowAsync<HermesConfigurationException>()).Which.Errors;
        errors.Select(error => error.Path).Should().BeEquivalentTo(
            Path + "RetryInterval",
            Path + "MaxConcurrency",
            Path + "TargetRetries",
            Path + "ForeignKeys",
            Path + "DataTypes:0:Maping",
            Path + "DataTypes:Users:Mapping:id",
            Path + "Target",
            Path + "Bus:Port",
            Path + "State");
        errors.Single(error => error.Path == Path + "DataTypes:0:Maping").Fix.Should().StartWith("Did you mean Mapping?");
    }

    [Fact]
    public async Task A_part_of_the_code_wins_over_that_of_the_configuration()
    {
        var target = new RecordingTarget();
        using var host = Host(
            client => Describe(client).UseBus(_ => new Bus(new BusOptions(), _disposed)).UseInMemoryState().ToRecording(target),
            ("Bus:Kind", "Nonsense"),
            ("State:Kind", "Nonsense"),
            ("Target:Kind", "Nonsense"));

        await host.StartAsync();
        await host.StopAsync();

        _disposed.Should().Equal("bus");
    }

    [Fact]
    public async Task Parts_of_a_client_that_cannot_be_put_together_are_disposed_of()
    {
        using var host = Host(client => Describe(client)
            .UseBus(_ => new Bus(new BusOptions(), _disposed))
            .ToRecording(new RecordingTarget())
            .UseState(_ => throw new IOException("No disk.")));

        var start = () => host.StartAsync();

        (await start.Should().ThrowAsync<HermesConfigurationException>()).WithMessage("*portal:State: *No disk.*");
        _disposed.Should().Equal("bus");
    }

    [Fact]
    public async Task Parts_of_a_client_are_disposed_of_when_another_service_keeps_the_host_from_starting()
    {
        var builder = Builder();
        builder.Services.AddHermesClient("portal", client => Describe(client)
            .UseBus(_ => new Bus(new BusOptions(), _disposed))
            .UseInMemoryState()
            .ToRecording(new RecordingTarget()));
        builder.Services.AddHostedService<FailingService>();
        var host = builder.Build();

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<TimeZoneNotFoundException>();
        host.Dispose();
        _disposed.Should().Equal("bus");
    }

    [Fact]
    public async Task A_client_that_is_stopped_alone_frees_its_parts_once()
    {
        using var host = Host(client => Describe(client)
            .UseBus(_ => new Bus(new BusOptions(), _disposed))
            .UseInMemoryState()
            .ToRecording(new RecordingTarget()));
        await host.StartAsync();
        var control = host.Services.GetRequiredService<IHermesClientControl>();

        await control.StopAsync();
        await control.StopAsync();

        control.Status.State.Should().Be(RunState.Stopped);
        await control.Awaiting(stopped => stopped.RetryAllAsync()).Should().ThrowAsync<NotRunningException>();
        await host.StopAsync();
        _disposed.Should().Equal("bus");
    }

    [Fact]
    public async Task A_client_waits_for_a_state_that_another_one_holds_and_says_so()
    {
        var state = new InMemoryClientState();
        await using var first = new ClientHarness();
        await using var second = new ClientHarness();
        await first.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await first.StartAsync(client => client.Model().UseInMemoryState(state).ToRecording(new RecordingTarget()));
        await first.AppliedAsync();

        await second.StartAsync(client => client.Model().UseInMemoryBus(first.Bus).UseInMemoryState(state).ToRecording(new RecordingTarget()));

        await Until(() => second.Control.Status.State == RunState.WaitingForState);
        second.Control.Status.WaitsFor.Should().Contain("in use by another client");
        var applied = second.AppliedAsync();
        await first.StopAsync();
        while (!applied.IsCompleted)
        {
            second.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await applied;
        second.Control.Status.WaitsFor.Should().BeNull();
        second.Control.Status.State.Should().BeOneOf(RunState.Working, RunState.Waiting);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    private static HostApplicationBuilder Builder() =>
        Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

    private static IHost Host(Action<IHermesClientBuilder> describe, params (string Name, string Value)[] settings)
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(Path + setting.Name, (string?)setting.Value)));
        var section = builder.Configuration.GetSection("Hermes:Clients:portal");
        if (settings.Length == 0)
            builder.Services.AddHermesClient("portal", describe);
        else
            builder.Services.AddHermesClient("portal", section, describe);
        return builder.Build();
    }

    private static IHermesClientBuilder Describe(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("login"));

    private sealed class BusOptions
    {
        [Range(1, 65535)]
        public int Port { get; set; } = 1;
    }

    private sealed class Bus(BusOptions options, List<string> disposed) : IMessageBusConsumer
    {
        public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<BusOffset?>(null);

        public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan * options.Port, TimeProvider.System, cancellationToken);
            yield break;
        }

        public ValueTask DisposeAsync()
        {
            disposed.Add("bus");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class FailingService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new TimeZoneNotFoundException("Not here.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Buses;
using Hermes.Testing.Logging;
using Hermes.Testing.Notifications;
using Hermes.Testing.State;
using Hermes.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Testing.Server;

/// <summary>
/// Runs a server in the process of a test, with bus, state and clock in memory, and lets the test await what it does. Bus and state outlive
/// the server,
/// so that a test can stop it and start another one on them.
/// </summary>
/// <example>
/// <code>
/// await using var harness = new ServerHarness();
/// await harness.StartAsync(server => server.AddInMemorySource("hr", source).DataType("Users", type => ...));
/// users.Add("ada", "Ada");
/// await harness.UpdateAsync();
/// harness.TakeEvents().Should().Equal(...);
/// </code>
/// </example>
public sealed class ServerHarness : IAsyncDisposable
{
    /// <summary>The name of the server.</summary>
    public const string ServerName = "campus";

    private IHost? _host;
    private int _taken;

    /// <summary>The clock. It stands still, so polls happen only when asked for.</summary>
    public FakeTimeProvider Time => Clock;

    /// <summary>The bus that the server sends to, unless the test gives another.</summary>
    public InMemoryBus Bus { get; init; } = new();

    /// <summary>The state of the server, unless the test gives another.</summary>
    public InMemoryServerState State { get; } = new();

    /// <summary>What the notifiers were told.</summary>
    public RecordingNotifier Notifier { get; } = new();

    /// <summary>What was logged, by all servers that ran in this harness.</summary>
    public RecordingLoggerProvider Log { get; } = new();

    internal TestClock Clock { get; } = new();

    /// <summary>Controls the running server.</summary>
    /// <exception cref="InvalidOperationException">No server runs.</exception>
    public IHermesServerControl Control =>
        (_host ?? throw new InvalidOperationException("No server runs.")).Services.GetRequiredKeyedService<IHermesServerControl>(ServerName);

    /// <summary>The events that are on the bus.</summary>
    public IReadOnlyList<HermesEvent> Events => [.. Bus.Messages.Select(message => EventJson.Decode(message.Message.Body.Span).Event)];

    /// <summary>Starts the server and waits until it polled.</summary>
    /// <param name="describe">Describes sources and data types; the poll interval is an hour unless set.</param>
    /// <returns>How the poll ended.</returns>
    public async Task<PollResult> StartAsync(Action<IHermesServerBuilder> describe)
    {
        await LaunchAsync(describe);
        return await UpdateAsync();
    }

    /// <summary>Starts the server without waiting for its first poll.</summary>
    public async Task LaunchAsync(Action<IHermesServerBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        await StopAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<Hermes.Abstractions.Notifications.INotifier>(Notifier);
        builder.Services.AddHermesServer(ServerName, server =>
        {
            server.UseInMemoryBus(Bus).UseInMemoryState(State).PollEvery(TimeSpan.FromHours(1));
            describe(server);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        _host = host;
    }

    /// <summary>Polls and waits until what was found is on the bus.</summary>
    public Task<PollResult> UpdateAsync() => Control.UpdateAsync();

    /// <summary>The events that came onto the bus since the last call.</summary>
    public IReadOnlyList<HermesEvent> TakeEvents()
    {
        var events = Events;
        var taken = events.Skip(_taken).ToList();
        _taken = events.Count;
        return taken;
    }

    /// <summary>Stops the server, as when its process ends.</summary>
    public async Task StopAsync()
    {
        if (_host is null)
            return;
        var host = _host;
        _host = null;
        await host.StopAsync();
        host.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();
}

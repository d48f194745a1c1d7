using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Events.Schema;
using Hermes.Runtime.Registration;
using Hermes.Testing.Buses;
using Hermes.Testing.State;
using Hermes.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Testing.Client;

/// <summary>
/// Runs one client in this process on a bus, a state and a clock of the test, through the same registration that a host uses. Send it
/// events as a server would, await that they are applied, let time pass, stop it, kill it and start it again.
/// </summary>
public sealed class ClientHarness : IAsyncDisposable
{
    /// <summary>The name of the client.</summary>
    public const string ClientName = "test";

    private readonly IMessageBusProducer _producer;
    private ServiceProvider? _host;
    private long _sequence;

    /// <summary>Makes a harness; the client is not started yet.</summary>
    public ClientHarness()
    {
        Bus = new InMemoryBus(Time);
        _producer = Bus.CreateProducer();
    }

    /// <summary>The clock of the client. It stands still until the test advances it.</summary>
    public FakeTimeProvider Time => Clock;

    /// <summary>The bus that the client reads.</summary>
    public InMemoryBus Bus { get; }

    /// <summary>The state of the client; it survives stops and kills.</summary>
    public InMemoryClientState State { get; } = new();

    /// <summary>Gets what the client logs; set it before the start.</summary>
    public ILoggerProvider? Logs { get; set; }

    /// <summary>Gets the client's notifications; set it before the start.</summary>
    public INotifier? Notifier { get; set; }

    /// <summary>Signs what is sent. Default: null, it is not signed.</summary>
    public string? SigningKey { get; set; }

    internal TestClock Clock { get; } = new();

    /// <summary>The control surface of the running client.</summary>
    public IHermesClientControl Control =>
        (_host ?? throw new InvalidOperationException("The client was not started.")).GetRequiredKeyedService<IHermesClientControl>(ClientName);

    /// <summary>Starts the client on the bus, state and clock of this harness.</summary>
    /// <param name="target">The target.</param>
    /// <param name="build">Declares the data types, and whatever else the test is about.</param>
    public Task StartAsync(IClientTarget target, Action<IHermesClientBuilder> build) => StartAsync(client => build(client.UseTarget(_ => target)));

    /// <summary>Starts the client on the bus, state and clock of this harness.</summary>
    /// <param name="build">Declares the target, the data types, and whatever else the test is about.</param>
    public async Task StartAsync(Action<IHermesClientBuilder> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        if (_host is not null)
            throw new InvalidOperationException("The client runs already.");
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Debug);
            if (Logs is not null)
                logging.AddProvider(Logs);
        });
        services.AddSingleton<TimeProvider>(Time);
        if (Notifier is not null)
            services.AddSingleton(Notifier);
        services.AddHermesClient(ClientName, client => build(client.UseInMemoryBus(Bus).UseInMemoryState(State)));
        var host = services.BuildServiceProvider();
        foreach (var service in host.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        _host = host;
    }

    /// <summary>Stops the client as a host does. What is done is committed.</summary>
    public async Task StopAsync()
    {
        if (_host is not { } host)
            return;
        await host.GetRequiredKeyedService<IHermesClientControl>(ClientName).StopAsync();
        _host = null;
        await host.DisposeAsync();
    }

    /// <summary>Ends the client as the death of its process does: what it did not commit is lost.</summary>
    public Task KillAsync()
    {
        State.Kill();
        return StopAsync();
    }

    /// <summary>Sends events as a server does, each with the next sequence number.</summary>
    public Task SendAsync(params IEnumerable<HermesEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return _producer.SendAsync([.. events.Select(Message)], CancellationToken.None);
    }

    /// <summary>Sends a complete initsync.</summary>
    public Task SendInitSyncAsync(DataSchema schema, params IEnumerable<AddedEvent> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var added = entries.Select(entry => new AddedEvent(entry.Type, entry.Key, entry.Attributes, EventCategory.InitSync));
        return SendAsync([new InitStartEvent(schema), .. added, new InitStopEvent()]);
    }

    /// <summary>Sends a complete initsync that clients have to take as the whole truth.</summary>
    public Task SendResyncAsync(DataSchema schema, params IEnumerable<AddedEvent> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var added = entries.Select(entry => new AddedEvent(entry.Type, entry.Key, entry.Attributes, EventCategory.InitSync));
        return SendAsync([new InitStartEvent(schema) { IsResync = true }, .. added, new InitStopEvent()]);
    }

    /// <summary>Puts bytes on the bus as a message.</summary>
    public Task SendRawAsync(ReadOnlyMemory<byte> body, string category = "base") =>
        _producer.SendAsync([new BusMessage(category, body)], CancellationToken.None);

    /// <summary>Lets the next event have a number that leaves some out.</summary>
    public void SkipSequence(int events = 1) => _sequence += events;

    /// <summary>Returns when all that is on the bus is applied, or in the error queue, and stored.</summary>
    public Task AppliedAsync() => Control.WhenCaughtUpAsync();

    /// <summary>Lets time pass, and returns when the client has done what became due.</summary>
    public Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        return AppliedAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _producer.DisposeAsync();
    }

    private BusMessage Message(HermesEvent @event)
    {
        var stamp = new EventStamp("harness", ++_sequence, Time.GetUtcNow());
        var body = EventJson.Encode(@event, stamp);
        return new BusMessage(EventJson.CategoryName(@event.Category), body)
        {
            Id = stamp.Id,
            Headers = SigningKey is { } key
                ? new Dictionary<string, string> { [EventSignature.Header] = EventSignature.Of(body, EventSignature.KeyOf(key)) }
                : BusMessage.NoHeaders,
        };
    }
}

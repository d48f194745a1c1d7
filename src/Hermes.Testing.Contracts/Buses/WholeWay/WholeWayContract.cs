using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.Testing.Contracts.Buses.WholeWay;

/// <summary>
/// From the source to the target over a broker that is killed on the way: a server with its outbox sends, a client applies, and the target gets
/// every change exactly once, in the order in which the server found them.
/// </summary>
public abstract class WholeWayContract
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private readonly InMemoryTable _people;
    private readonly InMemorySource _source = new();
    private readonly LedgerTarget _ledger = new();

    /// <summary>For xunit.</summary>
    protected WholeWayContract() => _people = _source.Table("people", "id", "name");

    /// <summary>How many entries there are; each is added and modified, half of them are removed: two and a half times as many events.</summary>
    protected virtual int Entries => 40_000;

    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<IBrokerTestBus> CreateBusAsync();

    [ContractFact]
    public async Task Every_event_is_applied_once_and_in_order_though_the_broker_is_killed_three_times()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = new WatchedProducer(bus.CreateProducer());
        _people.Add(-1, "the first one");
        using var host = Build(bus, producer);
        await host.StartAsync();
        var server = host.Services.GetRequiredKeyedService<IHermesServerControl>("campus");
        var client = host.Services.GetRequiredKeyedService<IHermesClientControl>("campus");
        _ledger.Explain = () => $"Server: {server.Status.State}, {server.Status.LastError}. Client: {client.Status}.";
        (await server.InitSyncAsync()).Error.Should().BeNull();
        await _ledger.ReachedAsync(1, Bound);

        await SendAsync(server, bus, producer, Everybody("Person"), killAfter: Entries / 2, expected: 1 + Entries);
        await SendAsync(server, bus, producer, Everybody("Someone else"), killAfter: Entries / 2, expected: 1 + (2 * Entries));
        await SendAsync(
            server, bus, producer, Everybody("Someone else").Where(person => person.Id % 2 == 1), killAfter: Entries / 4, expected: 1 + (Entries * 5 / 2));

        await client.WhenCaughtUpAsync().WaitAsync(Bound);
        producer.Failures.Should().BeGreaterThanOrEqualTo(3, "the broker was killed three times while events were under way");
        (client.Status.QueuedEvents, client.Status.DeadLetters).Should().Be((0, 0));
        await host.StopAsync();

        ShouldBeComplete();
        await ShouldBeInOrderAsync(bus);
    }

    private IEnumerable<(int Id, string Name)> Everybody(string name) => Enumerable.Range(0, Entries).Select(id => (id, $"{name} {id}"));

    private async Task SendAsync(
        IHermesServerControl server, IBrokerTestBus bus, WatchedProducer producer, IEnumerable<(int Id, string Name)> content, int killAfter, int expected)
    {
        // A poll that tries again what failed must not see half of the content.
        await server.PauseAsync().WaitAsync(Bound);
        _people.Clear();
        _people.Add(-1, "the first one");
        foreach (var (id, name) in content)
            _people.Add(id, name);
        var sending = producer.SendingAsync(killAfter);
        await server.ResumeAsync().WaitAsync(Bound);
        await sending.WaitAsync(Bound);
        await bus.KillBrokerAsync();
        await bus.StartBrokerAsync();
        await _ledger.ReachedAsync(expected, Bound);
    }

    // What must have come, worked out from what was done to the source alone.
    private void ShouldBeComplete()
    {
        var all = Enumerable.Range(0, Entries).Select(id => (long)id).ToList();
        Keys(TargetChangeKind.Added).Should().Equal([-1, .. all]);
        Keys(TargetChangeKind.Modified).Should().Equal(all);
        Keys(TargetChangeKind.Removed).Order().Should().Equal(all.Where(id => id % 2 == 0));
        _ledger.Changes.Should().HaveCount(1 + (Entries * 5 / 2), "there is nothing else");

        IEnumerable<long> Keys(TargetChangeKind kind) => _ledger.Changes.Where(change => change.Kind == kind).Select(change => change.Key[0].AsInteger());
    }

    // The order in which the server stored the events is that of their numbers.
    private async Task ShouldBeInOrderAsync(IBrokerTestBus bus)
    {
        await using var consumer = bus.CreateConsumer();
        var messages = await consumer.TakeAllAsync();
        var events = messages.Select(message => EventJson.Decode(message.Message.Body.Span)).DistinctBy(decoded => decoded.Stamp!.Id).ToList();
        var numbers = events.Select(decoded => decoded.Stamp!.Sequence).ToList();
        numbers.SequenceEqual(Enumerable.Range(1, events.Count).Select(number => (long)number)).Should().BeTrue("no event overtook another");
        var sent = events.Select(decoded => decoded.Event).OfType<EntryEvent>().Select(entryEvent => (Kind(entryEvent), entryEvent.Key)).ToList();
        _ledger.Changes.SequenceEqual(sent).Should().BeTrue("the target got the events in the order of the server");
    }

    private static TargetChangeKind Kind(EntryEvent entryEvent) => entryEvent switch
    {
        AddedEvent => TargetChangeKind.Added,
        ModifiedEvent => TargetChangeKind.Modified,
        _ => TargetChangeKind.Removed,
    };

    private IHost Build(IBrokerTestBus bus, WatchedProducer producer)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddHermesServer("campus", server => server
            .UseBus(_ => producer)
            .UseInMemoryState(new())
            .AddSource("hr", _ => _source)
            .PollEvery(TimeSpan.FromDays(1))
            .GuardRemovals(guard => guard.Enabled = false)
            .Configure(options => (options.Retry.FirstDelay, options.Retry.MaxDelay) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)))
            .DataType("Person", type => type.Key("id").From("hr", rows => rows.Fetch("people").MapAll("id", "name"))));
        builder.Services.AddHermesClient("campus", client => client
            .UseBus(_ => bus.CreateConsumer())
            .UseInMemoryState()
            .UseTarget(_ => _ledger)
            .Configure(options => options.WaitForMessages = TimeSpan.FromMilliseconds(200))
            .DataType("People", type => type.From("Person").Map("name", "name")));
        return builder.Build();
    }
}

/// <summary>A target that notes every change that it gets, and tells when there are so many.</summary>
internal sealed class LedgerTarget : IClientTarget
{
    private readonly Lock _gate = new();
    private readonly List<(TargetChangeKind Kind, EntryKey Key)> _changes = [];
    private (int Count, TaskCompletionSource Reached)? _mark;

    /// <summary>What came, in order. To be read when nothing more comes.</summary>
    public IReadOnlyList<(TargetChangeKind Kind, EntryKey Key)> Changes => _changes;

    /// <summary>Says what is going on when changes are waited for in vain.</summary>
    public Func<string> Explain { get; set; } = () => "";

    /// <summary>Waits for so many changes.</summary>
    public async Task ReachedAsync(int count, TimeSpan bound)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_changes.Count >= count)
                return;
            _mark = (count, reached);
        }

        try
        {
            await reached.Task.WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {bound.TotalSeconds:0} s for {count} changes; {_changes.Count} came. {Explain()}");
        }
    }

    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _changes.Add((change.Kind, change.Key));
            if (_mark is { } wanted && _changes.Count >= wanted.Count)
                wanted.Reached.TrySetResult();
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>Passes messages on, tells when it is sending those from a number on, and counts the sends that failed.</summary>
internal sealed class WatchedProducer(IMessageBusProducer inner) : IMessageBusProducer
{
    private readonly Lock _gate = new();
    private int _handedOver;
    private int _failures;
    private (int Count, TaskCompletionSource Reached)? _mark;

    /// <summary>How many sends failed.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Completes while a send is under way, once so many messages were handed over from now on; resent ones count again.</summary>
    public Task SendingAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            (_handedOver, _mark) = (0, (count, reached));
        return reached.Task;
    }

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        var sending = inner.SendAsync(messages, cancellationToken);
        lock (_gate)
        {
            _handedOver += messages.Count;
            if (_mark is { } wanted && _handedOver >= wanted.Count)
                wanted.Reached.TrySetResult();
        }

        try
        {
            await sending;
        }
        catch (BusException)
        {
            Interlocked.Increment(ref _failures);
            throw;
        }
    }

    public bool IsConnected => inner.IsConnected;

    public IMessageBusConsumer OpenReader() => inner.OpenReader();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

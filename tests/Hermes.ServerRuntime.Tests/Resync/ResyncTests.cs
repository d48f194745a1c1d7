using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Tests.Outbox;
using Hermes.Testing.Buses;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.Testing.State;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Resync;

/// <summary>A state or a bus is lost, put back or replaced: the server finds that it does not know what clients know, and sends everything.</summary>
public sealed class ResyncTests : IAsyncLifetime
{
    private const string Key = "the key of the campus server, 2026";

    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public ResyncTests() => _users = _source.Table("users", "id", "name").Add(1, "Ada").Add(2, "Bob");

    public static TheoryData<FaultPoint, int> Kills
    {
        get
        {
            var kills = new TheoryData<FaultPoint, int>();
            foreach (var point in Enum.GetValues<FaultPoint>())
            {
                for (var nth = 1; nth <= 7; nth++)
                    kills.Add(point, nth);
            }

            return kills;
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Lost_state_is_made_up_for_by_everything_that_there_is()
    {
        await _harness.StartAsync(Users);
        _users.Remove(2);
        await _harness.UpdateAsync();
        var before = LastProducer();
        _harness.TakeEvents();

        await _harness.StartAsync(server => Users(server.UseInMemoryState(new InMemoryServerState())));

        var start = ExpectResync("init-start", "init Users 1: id=1 name=\"Ada\"", "init-stop");
        start.Predecessor.Should().Be(before);
        LastProducer().Should().NotBe(before);
        _harness.Notifier.About(NotificationTopic.Resync).Should().HaveCount(2, "it is told when it is due, and when it is over");
        _harness.Notifier.About(NotificationTopic.Resync)[0].Current.Should().ContainSingle().Which.Should().Contain("the state was lost");
    }

    [Fact]
    public async Task Messages_that_somebody_else_wrote_in_the_name_of_a_server_that_signs_prove_nothing()
    {
        await SendSignedAsync();
        var forged = EventJson.Encode(new RemovedEvent("Users", EntryKey.Of(1)), new EventStamp(LastProducer(), 1_000, DateTimeOffset.UnixEpoch));
        await using (var stranger = _harness.Bus.CreateProducer())
            await stranger.SendAsync([_harness.Bus.Messages[^1].Message with { Id = "forged", Body = forged }], CancellationToken.None);
        _harness.TakeEvents();

        await _harness.StartAsync(Signed(Key));

        _harness.Control.Status.Resync.Should().BeNull();
        _harness.TakeEvents().Should().BeEmpty();
    }

    [Fact]
    public async Task Server_that_gets_another_key_knows_what_it_signed_with_the_one_before()
    {
        await SendSignedAsync();
        _harness.TakeEvents();

        await _harness.StartAsync(Signed("the key of the campus server, 2027"));

        _harness.Control.Status.Resync.Should().BeNull();
        _harness.TakeEvents().Should().BeEmpty();
    }

    [Fact]
    public async Task Lost_state_of_a_server_that_signs_is_made_up_for()
    {
        await SendSignedAsync();
        _harness.TakeEvents();

        await _harness.StartAsync(server => Signed(Key)(server.UseInMemoryState(new InMemoryServerState())));

        ExpectResync("init-start", "init Users 1: id=1 name=\"Ada\"", "init-stop");
    }

    [Fact]
    public async Task New_server_on_an_empty_bus_stays_silent()
    {
        await _harness.StartAsync(Users);

        _harness.TakeEvents().Should().BeEmpty();
        _harness.Control.Status.Resync.Should().BeNull();
    }

    [Fact]
    public async Task Server_of_another_name_takes_nothing_over()
    {
        await _harness.StartAsync(Users);
        _users.Add(3, "Cid");
        await _harness.UpdateAsync();
        await _harness.StopAsync();
        await using var other = new ServerHarness();
        await using var foreign = other.Bus.CreateProducer();
        await foreign.SendAsync([.. _harness.Bus.Messages.Select(message => Renamed(message.Message))], default);

        await other.StartAsync(Users);

        other.Control.Status.Resync.Should().BeNull();
        other.Bus.Messages.Should().HaveCount(1);
    }

    [Fact]
    public async Task New_state_on_a_bus_of_the_original_program_sends_everything()
    {
        await using var original = _harness.Bus.CreateProducer();
        var removed = EventJson.Encode(new RemovedEvent("Users", Hermes.Abstractions.Data.EntryKey.Of(9)), stamp: null);
        await original.SendAsync([new BusMessage("base", removed)], default);
        _harness.TakeEvents();

        await _harness.StartAsync(Users);

        ExpectResync("init-start", "init Users 1: id=1 name=\"Ada\"", "init Users 2: id=2 name=\"Bob\"", "init-stop").Predecessor.Should().Be(EventStamp.Unstamped);
    }

    [Fact]
    public async Task State_that_was_put_back_is_noticed_by_what_the_bus_has()
    {
        await _harness.StartAsync(Users);
        _users.Add(3, "Cid");
        await _harness.UpdateAsync();
        await _harness.StopAsync();
        var copy = _harness.State.Copy();
        await _harness.StartAsync(Users);
        _users.Set(1, "name", "Ada King");
        await _harness.UpdateAsync();
        var before = LastProducer();
        await _harness.StopAsync();
        _users.Remove(2);
        _harness.TakeEvents();

        (await _harness.StartAsync(server => Users(server.UseInMemoryState(copy)))).Error.Should().BeNull();

        ExpectResync("init-start", "init Users 1: id=1 name=\"Ada King\"", "init Users 3: id=3 name=\"Cid\"", "init-stop").Predecessor.Should().Be(before);
        _users.Add(4, "Dan");
        await _harness.UpdateAsync();
        EventLines.Of(_harness.TakeEvents()).Should().Equal("added Users 4: id=4 name=\"Dan\"");
    }

    [Fact]
    public async Task Copy_of_the_state_from_before_a_resync_names_the_producer_that_clients_follow_now()
    {
        await _harness.StartAsync(Users);
        _users.Add(3, "Cid");
        await _harness.UpdateAsync();
        await _harness.StopAsync();
        var copy = _harness.State.Copy();
        await _harness.StartAsync(server => Users(server.UseInMemoryState(new InMemoryServerState())));
        var second = LastProducer();
        _harness.TakeEvents();

        await _harness.StartAsync(server => Users(server.UseInMemoryState(copy)));

        ((InitStartEvent)_harness.Events.Last(item => item is InitStartEvent)).Predecessor.Should().Be(second);
        new[] { second }.Should().NotContain(LastProducer());
    }

    [Fact]
    public async Task Bus_that_was_made_anew_gets_everything()
    {
        await _harness.StartAsync(Users);
        _users.Add(3, "Cid");
        await _harness.UpdateAsync();
        var before = LastProducer();
        var bus = new InMemoryBus();

        (await _harness.StartAsync(server => Users(server.UseInMemoryBus(bus)))).Error.Should().BeNull();

        var events = bus.Messages.Select(message => EventJson.Decode(message.Message.Body.Span).Event).ToList();
        events[0].Should().BeOfType<InitStartEvent>().Which.Should().Match<InitStartEvent>(start => start.IsResync && start.Predecessor == before);
        events.Should().HaveCount(5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_that_the_bus_has_under_other_contents_are_never_confirmed(bool isRefused)
    {
        await using var harness = new ServerHarness { Bus = new InMemoryBus { RefusesDuplicates = isRefused } };
        await harness.StartAsync(Users);
        await harness.StopAsync();
        var copy = harness.State.Copy();
        await harness.StartAsync(Users);
        _users.Set(1, "name", "Ada King");
        await harness.UpdateAsync();
        await harness.StopAsync();
        _users.Set(1, "name", "Ada Lovelace");
        if (!isRefused)
            harness.Bus.FailNextSends(1);
        harness.TakeEvents();

        await harness.StartAsync(server => Users(server.UseInMemoryState(copy).UseBus(_ => new LateBus(harness.Bus))));
        (await harness.UpdateAsync()).Error.Should().BeNull();

        ExpectResync(harness, "init-start", "init Users 1: id=1 name=\"Ada Lovelace\"", "init Users 2: id=2 name=\"Bob\"", "init-stop");
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Whatever_step_it_is_killed_at_the_resync_is_on_the_bus_whole_in_the_end(FaultPoint point, int nth)
    {
        await _harness.StartAsync(Users);
        _users.Add(3, "Cid");
        await _harness.UpdateAsync();
        var before = LastProducer();
        _harness.TakeEvents();
        var state = new InMemoryServerState();
        var (faults, bus) = (new FaultyState(state), new FaultyBus(_harness.Bus));
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        try
        {
            await _harness.StartAsync(server => Users(server.UseState(_ => faults).UseBus(_ => bus)));
        }
        catch (Exception exception) when (exception is IOException or NotRunningException)
        {
            // Killed at its start.
        }

        await _harness.StopAsync();

        (await _harness.StartAsync(server => Users(server.UseInMemoryState(state)))).Error.Should().BeNull();

        var start = ExpectResync(
            "init-start", "init Users 1: id=1 name=\"Ada\"", "init Users 2: id=2 name=\"Bob\"", "init Users 3: id=3 name=\"Cid\"", "init-stop");
        start.Predecessor.Should().Be(before);
        _harness.Control.Status.Resync.Should().BeNull();
        state.Outbox.Should().BeEmpty();
    }

    [Fact]
    public async Task Write_back_waits_for_the_resync_that_takes_the_place_of_its_event()
    {
        await _harness.StartAsync(WithWriteBack);
        await _harness.StopAsync();
        var copy = _harness.State.Copy();
        await _harness.StartAsync(WithWriteBack);
        _users.Add(3, "Cid");
        await _harness.UpdateAsync();
        _users.Add(4, "Dan");
        await _harness.StopAsync();
        var before = _source.Writes.Count;

        (await _harness.StartAsync(server => WithWriteBack(server.UseInMemoryState(copy)))).Error.Should().BeNull();

        copy.WriteBacks.Should().BeEmpty();
        _source.Writes.Should().HaveCount(before + 2, "both users are new to this state");
    }

    private InitStartEvent ExpectResync(params string[] lines) => ExpectResync(_harness, lines);

    private static InitStartEvent ExpectResync(ServerHarness harness, params string[] lines)
    {
        var events = harness.TakeEvents();
        EventLines.Of(events).Select(line => line.StartsWith("init-start") ? "init-start" : line).Should().Equal(lines);
        var start = events[0].Should().BeOfType<InitStartEvent>().Subject;
        start.IsResync.Should().BeTrue();
        EventJson.Decode(harness.Bus.Messages[^events.Count].Message.Body.Span).Stamp!.Sequence.Should().Be(1);
        return start;
    }

    private string LastProducer() => EventJson.Decode(_harness.Bus.Messages[^1].Message.Body.Span).Stamp!.ProducerId;

    private static BusMessage Renamed(BusMessage message) =>
        message with { Headers = new Dictionary<string, string>(message.Headers) { ["ce_source"] = "/hermes/elsewhere" } };

    private void Users(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name")));

    private async Task SendSignedAsync()
    {
        await _harness.StartAsync(Signed(Key));
        _users.Remove(2);
        await _harness.UpdateAsync();
    }

    private Action<IHermesServerBuilder> Signed(string key) => server =>
    {
        Users(server);
        server.Configure(options => options.SigningKey = key);
    };

    private void WithWriteBack(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source
            .Fetch("users")
            .MapAll("id", "name")
            .CommitOne(commit => commit.Modify("exported").Bind("id", "{{ ITEM_FETCHED_VALUES.id }}"))));

    /// <summary>Looks empty at the first look: what is there comes between that and the first send.</summary>
    private sealed class LateBus(InMemoryBus bus) : IMessageBusProducer
    {
        private readonly IMessageBusProducer _inner = bus.CreateProducer();
        private bool _isLooked;

        public bool IsConnected => _inner.IsConnected;

        public Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken) => _inner.SendAsync(messages, cancellationToken);

        public IMessageBusConsumer OpenReader()
        {
            if (_isLooked)
                return _inner.OpenReader();
            _isLooked = true;
            return new EmptyBus(bus);
        }

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }

    private sealed class EmptyBus(InMemoryBus bus) : IMessageBusConsumer
    {
        public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => new((BusOffset?)null);

        public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => new(bus.Incarnation);

        public IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("There is nothing to read.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

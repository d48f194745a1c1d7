using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Targets;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Runtime.Control;
using Hermes.Testing.Buses;
using Hermes.Testing.Notifications;

namespace Hermes.ClientRuntime.Tests.Recovery;

public sealed class BehindTests : ClientTest
{
    private static readonly AddedEvent Ada = Campus.User("1", "ada");
    private static readonly AddedEvent Bob = Campus.User("2", "bob");

    private readonly RecordingNotifier _notifier = new();
    private readonly ReplaceableBus _bus;

    public BehindTests()
    {
        Harness.Notifier = _notifier;
        _bus = new ReplaceableBus(Harness.Bus);
    }

    [Fact]
    public async Task A_gap_in_the_numbers_stops_all_that_follows_until_the_next_complete_initsync()
    {
        await StartWithAsync(Ada, Bob);
        Harness.SkipSequence(2);
        await Harness.SendAsync(Campus.User("3", "cleo"), Campus.Gone(Ada));
        await Harness.AppliedAsync();
        await ShouldBeBehindAsync("went from number 4 to 7");

        await RestartAsync();
        await Harness.SendAsync(Campus.User("4", "dan"));
        await Harness.AppliedAsync();
        await ShouldBeBehindAsync("went from number 4 to 7");
        _notifier.About(NotificationTopic.Behind).Should().ContainSingle("a restart does not tell it again").Which.Current[0].Should().Contain("ask the server for one");

        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("2", "bobby"), Campus.User("3", "cleo"));
        await Harness.SendAsync(Campus.User("5", "eve"));
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().BeEquivalentTo(new[] { "Modified Users[2]", "Added Users[3]", "Removed Users[1]", "Added Users[5]" }, "entries have no order among them");
        Harness.Control.Status.State.Should().Be(RunState.Waiting);
        Harness.Control.Status.Behind.Should().BeNull();
        _notifier.About(NotificationTopic.Behind).Select(told => told.IsOver).Should().Equal(false, true);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Offsets_may_have_gaps()
    {
        await StartWithAsync(Ada);
        await Harness.SendRawAsync("not ours"u8.ToArray());
        await Harness.SendAsync(Bob);
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]", "Added Users[2]");
        Harness.Control.Status.State.Should().Be(RunState.Waiting);
    }

    [Fact]
    public async Task A_gap_right_before_an_initsync_is_made_good_by_it()
    {
        await StartWithAsync(Ada, Bob);
        Harness.SkipSequence(2);
        await Harness.SendInitSyncAsync(Campus.Schema, Ada);
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Removed Users[2]");
        Harness.Control.Status.State.Should().Be(RunState.Waiting);
    }

    [Fact]
    public async Task An_initsync_with_a_gap_in_it_is_not_used()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendAsync(new InitStartEvent(Campus.Schema) { IsResync = true });
        Harness.SkipSequence();
        await Harness.SendAsync(new AddedEvent(Bob.Type, Bob.Key, Bob.Attributes, EventCategory.InitSync), new InitStopEvent());
        await Harness.AppliedAsync();
        await ShouldBeBehindAsync("went from number 5 to 7");

        await Harness.SendAsync(new InitStartEvent(Campus.Schema));
        Harness.SkipSequence();
        await Harness.SendAsync(new InitStopEvent());
        await Harness.AppliedAsync();
        await ShouldBeBehindAsync("lacks messages");

        await Harness.SendResyncAsync(Campus.Schema, Ada);
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Removed Users[2]");
    }

    [Fact]
    public async Task A_client_that_was_away_longer_than_the_bus_keeps_messages_removes_who_left_meanwhile()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Gone(Ada), Campus.User("3", "cleo"), Campus.Changed("2", ("login", "bobby")));
        Harness.Bus.RemoveBefore(new(7));
        await StartAsync();
        await Harness.AppliedAsync();
        await ShouldBeBehindAsync("retention");

        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("2", "bobby"), Campus.User("3", "cleo"));
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Modified Users[2]", "Added Users[3]", "Removed Users[1]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_initsync_that_the_retention_left_is_taken_at_once()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Gone(Ada), Campus.User("3", "cleo"));
        await Harness.SendInitSyncAsync(Campus.Schema, Bob, Campus.User("3", "cleo"));
        Harness.Bus.RemoveBefore(new(6));
        await StartAsync();
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Added Users[3]", "Removed Users[1]");
    }

    [Fact]
    public async Task A_bus_that_was_emptied_and_begins_anew_is_another_one()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.StopAsync();
        _bus.Inner = new InMemoryBus(Harness.Time);
        await StartOnBusAsync();
        await Harness.AppliedAsync();
        await ShouldBeBehindAsync("emptied or replaced");

        await SendAsync("harness", 10, new InitStartEvent(Campus.Schema), new AddedEvent(Bob.Type, Bob.Key, Bob.Attributes, EventCategory.InitSync), new InitStopEvent());
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Removed Users[1]");
        Harness.Control.Status.Behind.Should().BeNull();
    }

    [Fact]
    public async Task A_bus_that_was_made_anew_and_has_grown_past_the_place_of_the_client_is_known_by_its_incarnation()
    {
        _bus.Incarnation = "first";
        await StartWithAsync(Ada, Bob);
        await Harness.StopAsync();
        _bus.Inner = new InMemoryBus(Harness.Time);
        _bus.Incarnation = "second";
        await SendAsync("other", 1, new InitStartEvent(Campus.Schema), new AddedEvent(Bob.Type, Bob.Key, Bob.Attributes, EventCategory.InitSync), new InitStopEvent());
        await SendAsync("other", 4, Campus.User("3", "cleo"), Campus.User("4", "dan"), Campus.User("5", "eve"));
        await StartOnBusAsync();
        await Harness.AppliedAsync();

        Applied.Skip(2).Should().BeEquivalentTo(new[] { "Removed Users[1]", "Added Users[3]", "Added Users[4]", "Added Users[5]" }, "entries have no order among them");
        Harness.Control.Status.Producer.Should().Be("other");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_bus_that_was_put_back_to_an_older_time_brings_nothing_old_back()
    {
        await StartWithAsync(Ada);
        var old = new InMemoryBus(Harness.Time);
        await SendOnAsync(old, "harness", 1, new InitStartEvent(Campus.Schema), new AddedEvent(Ada.Type, Ada.Key, Ada.Attributes, EventCategory.InitSync), new InitStopEvent());
        await Harness.SendAsync(Bob);
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        _bus.Inner = old;
        await StartOnBusAsync();
        await Harness.AppliedAsync();
        await ShouldBeBehindAsync("ends at offset 3");

        await SendAsync("after", 1, new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = "harness" });
        await SendAsync("after", 2, [.. new[] { Ada, Bob }.Select(user => new AddedEvent(user.Type, user.Key, user.Attributes, EventCategory.InitSync)), new InitStopEvent()]);
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]", "Added Users[2]");
        Harness.Control.Status.Behind.Should().BeNull();
    }

    [Fact]
    public async Task A_bus_that_was_put_back_together_with_its_server_and_has_grown_past_the_client_has_other_messages_under_known_numbers()
    {
        await StartWithAsync(Ada, Bob);
        var other = new InMemoryBus(Harness.Time);
        await SendOnAsync(
            other, "harness", 1, new InitStartEvent(Campus.Schema), new AddedEvent(Ada.Type, Ada.Key, Ada.Attributes, EventCategory.InitSync),
            new AddedEvent(Bob.Type, Bob.Key, Bob.Attributes, EventCategory.InitSync), new InitStopEvent());
        await Harness.SendAsync(Campus.User("3", "cleo"));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await SendOnAsync(other, "harness", 5, Campus.Gone(Ada), Campus.User("4", "dan"));
        _bus.Inner = other;
        await StartOnBusAsync();
        await Harness.AppliedAsync();
        Applied.Should().HaveCount(3);
        Harness.Control.Status.Behind.Should().NotBeNull();

        await SendOnAsync(
            other, "harness", 7, new InitStartEvent(Campus.Schema), new AddedEvent(Bob.Type, Bob.Key, Bob.Attributes, EventCategory.InitSync),
            new AddedEvent("SRVUsers", EntryKey.Of("4"), Campus.User("4", "dan").Attributes, EventCategory.InitSync), new InitStopEvent());
        await Harness.AppliedAsync();

        Applied.Skip(3).Should().BeEquivalentTo(new[] { "Removed Users[1]", "Removed Users[3]", "Added Users[4]" }, "entries have no order among them");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_a_server_that_was_put_back_with_its_bus_sends_is_new_although_its_numbers_are_known()
    {
        var old = new InMemoryBus(Harness.Time);
        foreach (var bus in new[] { old, _bus.Inner })
        {
            await SendOnAsync(bus, "first", 1, InitSync(Ada));
            await SendOnAsync(bus, "first", 4, Bob);
        }

        await StartOnBusAsync();
        await Harness.AppliedAsync();
        await SendAsync("first", 5, Campus.User("3", "cleo"), Campus.User("4", "dan"), Campus.User("5", "eve"), Campus.User("6", "fay"));
        await SendAsync("second", 1, InitSync("first", Ada, Bob, Campus.User("3", "cleo"), Campus.User("4", "dan"), Campus.User("5", "eve"), Campus.User("6", "fay")));
        await Harness.AppliedAsync();
        Applied.Should().HaveCount(6);
        await Harness.StopAsync();
        await SendOnAsync(old, "first", 5, InitSync(Bob, Campus.User("7", "gil")));
        await SendOnAsync(old, "first", 9, [.. Enumerable.Range(0, 12).Select(number => Campus.User($"{100 + number}", $"user{number}"))]);
        _bus.Inner = old;
        await StartOnBusAsync();
        await Harness.AppliedAsync();

        Harness.Control.Status.Behind.Should().BeNull();
        Applied.Skip(6).Should().Contain(["Removed Users[1]", "Removed Users[3]", "Added Users[7]", "Added Users[111]"]).And.NotContain("Added Users[2]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_bus_that_was_put_back_to_the_time_of_a_predecessor_makes_no_second_server_of_it()
    {
        var old = new InMemoryBus(Harness.Time);
        foreach (var bus in new[] { old, _bus.Inner })
        {
            await SendOnAsync(bus, "first", 1, new InitStartEvent(Campus.Schema), new InitStopEvent());
            await SendOnAsync(bus, "first", 3, Ada);
        }

        await StartOnBusAsync();
        await Harness.AppliedAsync();
        await SendAsync("second", 1, new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = "first" });
        await SendAsync("second", 2, new AddedEvent(Ada.Type, Ada.Key, Ada.Attributes, EventCategory.InitSync), new InitStopEvent());
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        _bus.Inner = old;
        await StartOnBusAsync();
        await ShouldBeBehindAsync("ends at offset 3");
        await SendAsync("first", 4, Bob);
        await SendAsync("third", 1, new InitStartEvent(Campus.Schema) { IsResync = true });
        await SendAsync("third", 2, [.. new[] { Ada, Bob }.Select(user => new AddedEvent(user.Type, user.Key, user.Attributes, EventCategory.InitSync)), new InitStopEvent()]);
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]", "Added Users[2]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Who_waits_for_a_client_whose_place_lies_beyond_the_end_of_the_bus_waits_until_it_has_begun_anew()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendAsync([.. Enumerable.Range(3, 5).Select(number => Campus.User($"{number}", $"user{number}"))]);
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        _bus.Inner = new InMemoryBus(Harness.Time);
        await SendAsync("after", 1, new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = "harness" });
        await SendAsync("after", 2, new AddedEvent(Bob.Type, Bob.Key, Bob.Attributes, EventCategory.InitSync), new InitStopEvent());
        var reading = new TaskCompletionSource();
        _bus.Reading = reading.Task;
        await StartOnBusAsync();

        var caughtUp = Harness.Control.WhenCaughtUpAsync();
        await Harness.Control.ListHeldRemovalsAsync();
        await Harness.Control.ListHeldRemovalsAsync();
        caughtUp.IsCompleted.Should().BeFalse("nothing of what is on the bus is done");
        reading.SetResult();
        await caughtUp;

        Applied.Skip(7).Should().BeEquivalentTo(["Removed Users[1]", .. Enumerable.Range(3, 5).Select(number => $"Removed Users[{number}]")], "entries have no order among them");
    }

    [Fact]
    public async Task A_call_that_was_in_flight_before_the_loss_is_a_redelivery_after_it()
    {
        await StartWithAsync(Ada);
        await Harness.StopAsync();
        var called = new TaskCompletionSource();
        Target.Fail(change =>
        {
            Harness.State.Kill();
            called.SetResult();
            return false;
        });
        await Harness.SendAsync(Bob);
        await StartOnBusAsync();
        await called.Task;
        await Harness.StopAsync();
        Target.Recover();
        Harness.Bus.RemoveBefore(new(5));
        await Harness.SendInitSyncAsync(Campus.Schema, Ada, Bob);
        await StartOnBusAsync();
        await Harness.AppliedAsync();
        Target.Calls.Where(call => call.Change.Key == Bob.Key).Select(call => call.IsRedelivery).Should().Equal(false, true);
    }

    [Fact]
    public async Task What_was_done_before_the_loss_and_not_stored_is_not_done_again_and_what_is_in_doubt_is_told()
    {
        await StartWithAsync(Ada);
        await Harness.StopAsync();
        AddedEvent[] people = [.. Enumerable.Range(10, 20).Select(id => Campus.User($"{id}", "x"))];
        var called = new TaskCompletionSource();
        Target.Fail(change =>
        {
            if (change.Key != people[12].Key)
                return false;
            Harness.State.Kill();
            called.SetResult();
            return false;
        });
        await Harness.SendAsync(people);
        await StartOnBusAsync();
        await called.Task;
        await Harness.StopAsync();
        var before = Target.Calls.Count;
        Target.Recover();
        Harness.Bus.RemoveBefore(new(24));
        await Harness.SendInitSyncAsync(Campus.Schema, [Ada, .. people]);
        await StartOnBusAsync();
        await Harness.AppliedAsync();

        var since = Target.Calls.Skip(before).ToList();
        since.Should().OnlyContain(call => call.IsRedelivery);
        since.Where(call => call.Change is EntryAdded).Select(call => call.Change.Key).Should().Contain(people[12].Key).And.NotIntersectWith(people[..12].Select(user => user.Key));
        since.Should().Contain(call => call.Change is EntryModified && call.Change.Key == Ada.Key);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_change_in_flight_before_the_loss_is_taken_back_though_the_truth_is_what_was_known()
    {
        await StartWithAsync(Ada);
        await Harness.StopAsync();
        var called = new TaskCompletionSource();
        Target.Fail(change =>
        {
            Harness.State.Kill();
            called.SetResult();
            return false;
        });
        await Harness.SendAsync(Campus.Changed("1", ("login", "adela")));
        await StartOnBusAsync();
        await called.Task;
        await Harness.StopAsync();
        Target.Recover();
        Harness.Bus.RemoveBefore(new(5));
        await Harness.SendInitSyncAsync(Campus.Schema, Ada);
        await StartOnBusAsync();
        await Harness.AppliedAsync();

        Target.Calls.Select(call => (call.Change.Kind, call.IsRedelivery)).Skip(2).Should().Equal((TargetChangeKind.Modified, true));
        Target.Applied.OfType<EntryModified>().Last().Changes.Modified["login"].Should().Be(Value.From("ada"));
        await ShouldBeSettledAsync();
    }

    private async Task StartWithAsync(params AddedEvent[] entries)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, entries);
        await StartOnBusAsync();
        await Harness.AppliedAsync();
    }

    private Task StartOnBusAsync() => StartAsync(model: client => client.Model().UseBus(_ => _bus));

    private async Task ShouldBeBehindAsync(string reason)
    {
        // That the place is lost comes from the bus, whenever it is asked.
        while (Harness.Control.Status.State != RunState.Behind)
            await Task.Yield();
        var status = Harness.Control.Status;
        status.State.Should().Be(RunState.Behind);
        status.Behind.Should().Contain(reason).And.Contain("Nothing more is applied");
    }

    private static HermesEvent[] InitSync(params AddedEvent[] users) => InitSync(null, users);

    private static HermesEvent[] InitSync(string? predecessor, params AddedEvent[] users) =>
    [
        new InitStartEvent(Campus.Schema) { IsResync = predecessor is not null, Predecessor = predecessor },
        .. users.Select(user => new AddedEvent(user.Type, user.Key, user.Attributes, EventCategory.InitSync)),
        new InitStopEvent(),
    ];

    private Task SendAsync(string producer, long sequence, params HermesEvent[] events) => SendOnAsync(_bus.Inner, producer, sequence, events);

    private async Task SendOnAsync(InMemoryBus bus, string producer, long sequence, params HermesEvent[] events)
    {
        await using var sender = bus.CreateProducer();
        await sender.SendAsync(
            [.. events.Select((@event, index) => new BusMessage(
                EventJson.CategoryName(@event.Category), EventJson.Encode(@event, new EventStamp(producer, sequence + index, Harness.Time.GetUtcNow()))))],
            default);
    }

    private sealed class ReplaceableBus(InMemoryBus bus) : IMessageBusConsumer
    {
        public InMemoryBus Inner { get; set; } = bus;

        public string? Incarnation { get; set; }

        /// <summary>Nothing is read before this completes.</summary>
        public Task Reading { get; set; } = Task.CompletedTask;

        public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => new(Incarnation);

        public async ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken)
        {
            await using var consumer = Inner.CreateConsumer();
            return await consumer.GetLastOffsetAsync(cancellationToken);
        }

        public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Reading.WaitAsync(cancellationToken);
            await using var consumer = Inner.CreateConsumer();
            await foreach (var message in consumer.ReadAsync(start, cancellationToken))
                yield return message;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

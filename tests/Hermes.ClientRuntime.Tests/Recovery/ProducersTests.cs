using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Configuration;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Testing.Notifications;

namespace Hermes.ClientRuntime.Tests.Recovery;

public sealed class ProducersTests : ClientTest
{
    private static readonly AddedEvent Ada = Campus.User("1", "ada");
    private static readonly AddedEvent Bob = Campus.User("2", "bob");

    private readonly RecordingNotifier _notifier = new();
    private long _sequence;

    [Fact]
    public async Task Events_of_a_second_server_are_set_aside_and_told_once()
    {
        await StartWithAsync(null, Ada, Bob);
        await SendAsync("second", new InitStartEvent(Campus.Schema), InitSync(Campus.User("8", "x")), new InitStopEvent(), Campus.Gone(Ada), Campus.User("9", "y"));
        await Harness.SendAsync(Campus.User("3", "cleo"));
        await RestartAsync();

        Applied.Skip(2).Should().Equal("Added Users[3]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().HaveCount(2).And.OnlyContain(letter => letter.Reason.Contains("producer second"));
        _notifier.About(NotificationTopic.OtherProducers).Should().ContainSingle().Which.Current.Should().ContainSingle(line => line.Contains("second server"));
    }

    [Fact]
    public async Task A_number_that_is_too_far_ahead_is_set_aside_and_mutes_nobody()
    {
        await StartWithAsync(null, Ada);
        _sequence = 1L << 62;
        await SendAsync("harness", Campus.Gone(Ada));
        await Harness.SendAsync(Bob);
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]", "Added Users[2]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().ContainSingle().Which.Reason.Should().Contain("too far ahead");
    }

    [Fact]
    public async Task A_number_that_comes_again_with_another_event_tells_of_two_servers_with_one_state()
    {
        await StartWithAsync(null, Ada);
        _sequence = 3;
        await SendAsync("harness", Bob);
        await Harness.SendAsync(Bob);
        await Harness.AppliedAsync();
        Harness.Control.Status.Behind.Should().BeNull("a producer may send a message twice, if it is the same");

        await SendAsync("harness", Campus.User("3", "cleo"));
        await Harness.SendAsync(Campus.User("4", "dan"));
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]", "Added Users[2]", "Added Users[3]");
        Harness.Control.Status.Behind.Should().Contain("two servers with copies of one state");

        await Harness.SendInitSyncAsync(Campus.Schema, Ada, Bob, Campus.User("4", "dan"));
        await Harness.AppliedAsync();
        Applied.Skip(3).Should().BeEquivalentTo("Added Users[4]", "Removed Users[3]");
        Harness.Control.Status.Behind.Should().BeNull();
    }

    [Fact]
    public async Task A_resync_of_a_successor_that_names_its_predecessor_is_taken_and_the_successor_followed()
    {
        await StartWithAsync(null, Ada, Bob);
        await SendAsync("successor", new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = "harness" }, InitSync(Bob), new InitStopEvent(), Campus.User("3", "cleo"));
        await Harness.SendAsync(Campus.User("9", "late"));
        await Harness.AppliedAsync();

        Applied.Skip(2).Should().BeEquivalentTo(new[] { "Removed Users[1]", "Added Users[3]" }, "entries have no order among them");
        Harness.Control.Status.Producer.Should().Be("successor");
        _notifier.About(NotificationTopic.OtherProducers).Last().Current.Should().ContainSingle(line => line.Contains("producer harness"));
    }

    [Fact]
    public async Task A_resync_of_a_stranger_is_held_and_told_until_somebody_asks_for_a_re_initialisation()
    {
        await StartWithAsync(null, Ada, Bob);
        await SendAsync("stranger", new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = "somebody" }, new InitStopEvent());
        await Harness.AppliedAsync();
        Applied.Should().HaveCount(2);
        _notifier.About(NotificationTopic.OtherProducers).Should().ContainSingle().Which.Current.Should().ContainSingle(line => line.Contains("sent a resync"));

        await Harness.SendAsync(new DataSchemaEvent(new([.. Campus.Schema.Types, Campus.Type("SRVRooms", ["id"], ["id"])])));
        await Harness.AppliedAsync();
        (await Harness.Control.ReinitialiseAsync("Eve: the server was replaced")).Should().BeFalse();
        await SendAsync("stranger", new InitStartEvent(Campus.Schema), InitSync(Ada), new InitStopEvent(), Campus.User("3", "cleo"));
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().BeEquivalentTo(new[] { "Removed Users[2]", "Added Users[3]" }, "entries have no order among them");
        Harness.Control.Status.Producer.Should().Be("stranger");
        _notifier.About(NotificationTopic.OtherProducers).Last().IsOver.Should().BeTrue();
    }

    [Fact]
    public async Task Whoever_is_named_is_followed_from_its_next_initsync_on_whatever_the_one_before_has_sent_or_sends()
    {
        await StartWithAsync(null, Ada, Bob);
        await SendAsync("stranger", new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = "somebody" }, InitSync(Bob), new InitStopEvent());
        await Harness.AppliedAsync();

        (await Harness.Control.ReinitialiseAsync("Eve: the server was replaced", "stranger")).Should().BeFalse("what it has sent was not taken down");
        await SendAsync("third", new InitStartEvent(Campus.Schema) { IsResync = true }, new InitStopEvent());
        await Harness.SendResyncAsync(Campus.Schema);
        await Harness.AppliedAsync();
        Applied.Should().HaveCount(2, "no other one empties the target");
        await SendAsync("stranger", new InitStartEvent(Campus.Schema), InitSync(Ada), new InitStopEvent(), Campus.User("3", "cleo"));
        await Harness.AppliedAsync();

        Applied.Skip(2).Should().BeEquivalentTo(new[] { "Removed Users[2]", "Added Users[3]" }, "entries have no order among them");
        Harness.Control.Status.Producer.Should().Be("stranger");
        _notifier.About(NotificationTopic.OtherProducers).Last().IsOver.Should().BeTrue();
    }

    [Fact]
    public async Task A_client_that_is_behind_takes_the_resync_of_another_producer_but_no_other_initsync_of_it()
    {
        await StartWithAsync(null, Ada, Bob);
        Harness.SkipSequence();
        await Harness.SendAsync(Campus.User("3", "cleo"));
        await SendAsync("other", new InitStartEvent(Campus.Schema), new InitStopEvent());
        await Harness.AppliedAsync();
        Applied.Should().HaveCount(2);

        await SendAsync("other", new InitStartEvent(Campus.Schema) { IsResync = true }, InitSync(Bob), new InitStopEvent());
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Removed Users[1]");
    }

    [Fact]
    public async Task The_original_program_counts_as_one_producer_and_may_have_a_successor()
    {
        await SendAsync(null, new InitStartEvent(Campus.Schema), InitSync(Ada), new InitStopEvent(), Bob);
        await StartAsync();
        await Harness.AppliedAsync();
        Harness.Control.Status.Producer.Should().Be(EventStamp.Unstamped);
        await SendAsync("ours", Campus.Gone(Ada));
        await SendAsync("ours", new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = EventStamp.Unstamped }, InitSync(Bob), new InitStopEvent());
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]", "Added Users[2]", "Removed Users[1]");
    }

    [Fact]
    public async Task The_start_of_a_second_servers_initsync_does_not_break_one_that_is_under_way()
    {
        await StartWithAsync(null, Ada, Bob);
        await Harness.SendAsync(new InitStartEvent(Campus.Schema) { IsResync = true });
        await SendAsync("second", new InitStartEvent(Campus.Schema), InitSync(Campus.User("8", "x")), new InitStopEvent());
        await Harness.SendAsync(InitSync(Ada), new InitStopEvent());
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Removed Users[2]");
    }

    [Fact]
    public async Task Other_producers_count_if_the_client_is_told_so()
    {
        await StartWithAsync(options => options.AcceptOtherProducers = true, Ada);
        await SendAsync("second", Bob);
        _sequence += 5;
        await SendAsync("second", Campus.User("3", "cleo"), new InitStartEvent(Campus.Schema) { IsResync = true, Predecessor = "nobody" }, new InitStopEvent());
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]", "Added Users[2]", "Added Users[3]");
    }

    private async Task StartWithAsync(Action<ClientOptions>? configure, params AddedEvent[] entries)
    {
        Harness.Notifier = _notifier;
        await Harness.SendInitSyncAsync(Campus.Schema, entries);
        await StartAsync(configure);
        await Harness.AppliedAsync();
    }

    private async Task SendAsync(string? producer, params HermesEvent[] events)
    {
        await using var sender = Harness.Bus.CreateProducer();
        await sender.SendAsync(
            [.. events.Select(@event => new BusMessage(
                EventJson.CategoryName(@event.Category),
                EventJson.Encode(@event, producer is null ? null : new EventStamp(producer, ++_sequence, Harness.Time.GetUtcNow()))))],
            default);
    }

    private static AddedEvent InitSync(AddedEvent entry) => new(entry.Type, entry.Key, entry.Attributes, EventCategory.InitSync);
}

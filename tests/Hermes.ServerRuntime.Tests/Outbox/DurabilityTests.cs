using Hermes.Abstractions.Sources;
using Hermes.Diff.Model.Options;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Runtime.Registration;
using Hermes.Testing.Buses;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Outbox;

/// <summary>Kills the server at every durable boundary: no change is lost, none gets a second id, and the order stays.</summary>
public sealed class DurabilityTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new() { Bus = new InMemoryBus { RefusesDuplicates = false } };

    public DurabilityTests()
    {
        _users = _source.Table("users", "id", "name");
        for (var i = 1; i <= 5; i++)
            _users.Add(i, $"user {i}");
    }

    public static TheoryData<FaultPoint, int> Kills
    {
        get
        {
            var kills = new TheoryData<FaultPoint, int>();
            foreach (var point in Enum.GetValues<FaultPoint>())
            {
                for (var nth = 1; nth <= 4; nth++)
                    kills.Add(point, nth);
            }

            return kills;
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Whatever_boundary_it_is_killed_at_the_restarted_server_loses_and_doubles_nothing(FaultPoint point, int nth)
    {
        var faults = new FaultyState(_harness.State);
        var bus = new FaultyBus(_harness.Bus);
        await _harness.StartAsync(server => Describe(server, faults, bus));
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        Change();
        var failed = !(await _harness.UpdateAsync()).Succeeded;

        // What the process would have done after the kill must not count, so the state and the bus refuse everything from then on.
        failed.Should().Be(faults.HasFailed || bus.HasFailed);
        await _harness.StopAsync();
        await _harness.StartAsync(server => Describe(server, new FaultyState(_harness.State), new FaultyBus(_harness.Bus)));
        (await _harness.UpdateAsync()).Error.Should().BeNull();

        var unique = _harness.Bus.Messages.Select(message => message.Message).DistinctBy(message => message.Id).ToList();
        EventLines.Of(unique.Select(message => EventJson.Decode(message.Body.Span).Event)).Should().Equal(
            "added Users 6: id=6 name=\"user 6\"",
            "modified Users 1: name=\"changed\"",
            "removed Users 2");
        unique.Select(message => EventJson.Decode(message.Body.Span).Stamp!.Sequence).Should().BeInAscendingOrder().And.StartWith(1);
        _harness.State.Outbox.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Failure_without_a_restart_is_made_up_for_as_well(FaultPoint point, int nth)
    {
        var faults = new FaultyState(_harness.State) { RefusesAfterwards = false };
        var bus = new FaultyBus(_harness.Bus) { RefusesAfterwards = false };
        await _harness.StartAsync(server => Describe(server, faults, bus));
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        Change();
        for (var i = 0; i < 4; i++)
            await _harness.UpdateAsync();
        (await _harness.UpdateAsync()).Error.Should().BeNull();

        var unique = _harness.Bus.Messages.Select(message => message.Message).DistinctBy(message => message.Id).ToList();
        EventLines.Of(unique.Select(message => EventJson.Decode(message.Body.Span).Event)).Should().Equal(
            "added Users 6: id=6 name=\"user 6\"",
            "modified Users 1: name=\"changed\"",
            "removed Users 2");
        _harness.State.Outbox.Should().BeEmpty();
        _harness.Control.Status.Types[0].Entries.Should().Be(5);
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Initsync_that_is_killed_is_on_the_bus_whole_or_not_at_all(FaultPoint point, int nth)
    {
        var faults = new FaultyState(_harness.State);
        var bus = new FaultyBus(_harness.Bus);
        await _harness.StartAsync(server => Describe(server, faults, bus));
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        await _harness.Control.InitSyncAsync();
        await _harness.StartAsync(server => Describe(server));
        (await _harness.UpdateAsync()).Error.Should().BeNull();

        var unique = _harness.Bus.Messages.Select(message => message.Message).DistinctBy(message => message.Id).ToList();
        var kinds = unique.Select(message => EventJson.TypeName(EventJson.Decode(message.Body.Span).Event)).ToList();
        if (kinds.Count > 0)
            kinds.Should().Equal("init-start", "added", "added", "added", "added", "added", "init-stop");
        _harness.State.Outbox.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Schema_change_that_is_killed_is_told_once_and_erased_in_the_end(FaultPoint point, int nth)
    {
        await _harness.StartAsync(server => Describe(server));
        var faults = new FaultyState(_harness.State);
        var bus = new FaultyBus(_harness.Bus);
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        await _harness.StartAsync(server => SecretNames(Describe(server, faults, bus)));
        await _harness.StopAsync();
        var again = new FaultyState(_harness.State);
        (await _harness.StartAsync(server => SecretNames(Describe(server, again, new FaultyBus(_harness.Bus))))).Error.Should().BeNull();

        var unique = _harness.Bus.Messages.Select(message => message.Message).DistinctBy(message => message.Id).ToList();
        var lines = EventLines.Of(unique.Select(message => EventJson.Decode(message.Body.Span).Event));
        lines[0].Should().Be("dataschema Users[id](id,name!)");
        lines.Count(line => line.StartsWith("dataschema")).Should().Be(1);
        lines.Should().Contain("modified Users 3: +name=\"user 3\"");
        (faults.Erasures + again.Erasures).Should().BeGreaterThan(0);
        _harness.State.Header!.Status.Should().Contain("\"IsEraseDue\":false");
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWriteBackRemoval, 1)]
    [InlineData(FaultPoint.AfterRemove, 1)]
    [InlineData(FaultPoint.AfterSend, 1)]
    [InlineData(FaultPoint.AfterCommit, 1)]
    public async Task Write_back_is_executed_at_least_once_whatever_is_killed(FaultPoint point, int nth)
    {
        var faults = new FaultyState(_harness.State);
        var bus = new FaultyBus(_harness.Bus);
        await _harness.StartAsync(server => WritingBack(Describe(server, faults, bus)));
        faults.FailAt(point, nth);
        bus.FailAt(point, nth);
        Change();
        (await _harness.UpdateAsync()).Succeeded.Should().BeFalse();
        (await _harness.StartAsync(server => WritingBack(Describe(server)))).Error.Should().BeNull();

        _source.Writes.Select(write => write.Variables["id"].AsInteger()).Distinct().Should().Equal(6, 1, 2);
        _harness.State.WriteBacks.Should().BeEmpty();
    }

    [Fact]
    public async Task Events_that_the_bus_has_confirmed_are_not_sent_again()
    {
        await _harness.StartAsync(server => Describe(server));
        _harness.Bus.FailNextSends(1, new SendFailure { Taken = 2, Confirmed = 2 });
        Change();
        (await _harness.UpdateAsync()).Succeeded.Should().BeFalse();
        _harness.State.Outbox.Select(item => item.Sequence).Should().Equal(3);

        (await _harness.UpdateAsync()).Error.Should().BeNull();

        _harness.Bus.Messages.Should().HaveCount(3);
    }

    [Fact]
    public async Task While_the_bus_is_down_polling_waits()
    {
        await _harness.StartAsync(server => Describe(server));
        var fetches = _source.Fetches.Count;
        _harness.Bus.FailNextSends(3);
        Change();
        await _harness.UpdateAsync();
        await _harness.UpdateAsync();
        await _harness.UpdateAsync();
        _source.Fetches.Should().HaveCount(fetches + 1, "only the first try got as far as to read");

        (await _harness.UpdateAsync()).Error.Should().BeNull();
        EventLines.Of(_harness.TakeEvents()).Should().HaveCount(3);
    }

    [Fact]
    public async Task Messages_carry_stamp_and_cloud_events_headers()
    {
        await _harness.StartAsync(server => Describe(server));
        Change();
        await _harness.UpdateAsync();

        var message = _harness.Bus.Messages[1].Message;
        var stamp = EventJson.Decode(message.Body.Span).Stamp!;
        stamp.Sequence.Should().Be(2);
        stamp.ProducerId.Should().Be(_harness.State.Header!.ProducerId);
        stamp.Time.Should().Be(_harness.Time.GetUtcNow());
        message.Id.Should().Be(stamp.Id);
        message.Category.Should().Be("base");
        message.Headers.Should().Contain("ce_specversion", "1.0").And.Contain("ce_id", stamp.Id).And.Contain("ce_type", "hermes.base.modified")
            .And.Contain("ce_source", "/hermes/campus").And.ContainKey("ce_time");
    }

    [Fact]
    public async Task Messages_are_signed_when_there_is_a_key()
    {
        const string Key = "the key of the campus server, 2026";
        await _harness.StartAsync(server => Describe(server).Configure(options => options.SigningKey = Key));
        Change();
        await _harness.UpdateAsync();

        _harness.Bus.Messages.Should().NotBeEmpty().And.AllSatisfy(sent => EventSignature
            .IsValid(sent.Message.Headers[EventSignature.Header], sent.Message.Body.Span, EventSignature.KeyOf(Key)).Should().BeTrue());
    }

    [Fact]
    public async Task Thousands_of_events_go_out_in_order()
    {
        await _harness.StartAsync(server => Describe(server));
        for (var i = 100; i < 5_100; i++)
            _users.Add(i, $"user {i}");

        (await _harness.UpdateAsync()).Added.Should().Be(5_000);

        _harness.Bus.Messages.Select(message => EventJson.Decode(message.Message.Body.Span).Stamp!.Sequence).Should()
            .Equal(Enumerable.Range(1, 5_000).Select(i => (long)i));
    }

    [Fact]
    public async Task Clock_that_goes_back_changes_nothing()
    {
        await _harness.StartAsync(server => Describe(server));
        _harness.Clock.ShiftWallClock(TimeSpan.FromDays(-400));
        Change();

        (await _harness.UpdateAsync()).Error.Should().BeNull();

        EventLines.Of(_harness.TakeEvents()).Should().HaveCount(3);
    }

    private void Change()
    {
        _users.Add(6, "user 6");
        _users.Set(1, "name", "changed");
        _users.Remove(2);
    }

    private static IHermesServerBuilder SecretNames(IHermesServerBuilder server) =>
        server.Configure(options => options.Model.DataTypes[0].Sources[0].SecretAttributes.Add("name"));

    private static IHermesServerBuilder WritingBack(IHermesServerBuilder server) => server.Configure(options =>
    {
        var commit = new OperationOptions { Kind = SourceOperationKind.Modify, Query = "done" };
        commit.Variables["id"] = "{{ ITEM_FETCHED_VALUES.id | default(ITEM_CACHED_VALUES.id) }}";
        options.Model.DataTypes[0].Sources[0].CommitOne = commit;
    });

    private IHermesServerBuilder Describe(IHermesServerBuilder server, FaultyState state, FaultyBus bus) =>
        Describe(server.UseState(_ => state).UseBus(_ => bus));

    private IHermesServerBuilder Describe(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name")));
}

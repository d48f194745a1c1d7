using System.Collections.Immutable;
using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Events.InitSync;
using Hermes.Events.Schema;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a client's state does with progress, setup, error queue and dead letters. Inherit it and make a store.</summary>
public abstract class ClientStateContract : ClientStateSuite
{
    [Fact]
    public async Task A_new_state_is_empty()
    {
        await using var state = await OpenAsync();
        (state.Progress.Next, state.Progress.DeliveredUpTo, state.Progress.NextQueueNumber, state.Progress.LastSequences.Count).Should().Be((null, null, 1L, 0));
        state.Setup.Should().BeNull();
        (await state.ReadTablesAsync(default)).Should().BeEmpty();
        (await state.ReadQueueAsync(0, 10, default)).Should().BeEmpty();
        (await state.CountDeadLettersAsync(default)).Should().Be(0);
        (await FindAsync(state, Users, Key(1))).IsGone.Should().BeTrue();
        (await state.ReadAsync(Users, EntryScope.All, 0, 10, default)).Should().BeEmpty();
        (await state.CountAsync(Users, default)).Should().Be(default(EntryCount));
    }

    [Fact]
    public async Task What_was_not_committed_is_seen_at_once_and_lost_without_a_commit()
    {
        await PutAsync(Users, StoredEntry.Settled(Key(1), Live("kept")));
        await using (var state = await OpenAsync())
        {
            await state.WriteAsync(Everything(), default);
            (await FindAsync(state, Users, Key(1))).Applied.Should().Be(Live("lost"));
            (await state.ReadQueueAsync(0, 10, default)).Should().HaveCount(1);
        }

        await using var read = await OpenAsync();
        await ShouldHoldOnlyTheFirstAsync(read);
    }

    [Fact]
    public async Task Progress_and_setup_come_back_as_they_were()
    {
        var progress = new ClientProgress(
            new BusOffset(42), new BusOffset(45), 7, ImmutableDictionary<string, long>.Empty.Add("p1", 40).Add("p2", 1))
        {
            ReplayUpTo = new BusOffset(44),
            LastMessage = new MessageMark(new BusOffset(41), -17),
        };
        var setup = Setup();
        await CommitAsync(progress, setup);
        await CommitAsync(progress with { LastSequences = progress.LastSequences.SetItem("p1", 41) }, null);

        await using var read = await OpenAsync();
        (read.Progress.Next, read.Progress.DeliveredUpTo, read.Progress.NextQueueNumber).Should().Be((new BusOffset(42), new BusOffset(45), 7L));
        (read.Progress.ReplayUpTo, read.Progress.LastMessage).Should().Be((new BusOffset(44), new MessageMark(new BusOffset(41), -17)));
        (read.Progress.LastSequences["p1"], read.Progress.LastSequences["p2"]).Should().Be((41L, 1L));
        read.Setup!.Schema.Should().Be(setup.Schema);
        read.Setup.InitSync.Should().Be(setup.InitSync);
        read.Setup.Model.Types["Users"].Mapping.Should().BeEquivalentTo(setup.Model.Types["Users"].Mapping);
        read.Setup.Told["t"].Should().Equal("one", "two");
        read.Setup.Left.Should().Be(setup.Left);
        read.Setup.Dropped.Types["Rooms"].RemoteType.Should().Be("SRVRooms");
        read.Setup.Dropped.Types["Rooms"].Mapping.Should().BeEquivalentTo(setup.Dropped.Types["Rooms"].Mapping);
    }

    [Fact]
    public async Task The_queue_comes_back_in_order_with_its_secrets_and_steps()
    {
        CompletedStep[] completed = [new("create", "an-account-number"), new("Straße", Value.Null), new("list", ValueList.Empty)];
        var first = Queued(3, new AttemptLog(2, Noon.AddHours(1), "it failed", [.. completed], true, true) { WasBrokenOff = true, Holder = new EntryId("Users", Key(9)) });
        first = first with
        {
            Event = first.Event with
            {
                AddedAgain = ["mail", "name"],
                RemoteBefore = new EntryView(Entry.Of(("id", 7)), DateTimeOffset.UnixEpoch),
                Origin = new EventOrigin("p-1", long.MaxValue),
            },
        };
        var second = Queued(5, AttemptLog.Waiting("waits"), "a template failed") with { Since = Noon.AddDays(1) };
        await QueueAsync(second, first with { Attempts = AttemptLog.None }, Queued(4, AttemptLog.None), first);
        await WriteAsync(Changes(queue: [new QueueChange(4, null)]));

        await using var read = await OpenAsync();
        (await read.ReadQueueAsync(0, 10, default)).Should().BeEquivalentTo([first, second], options => options.WithStrictOrdering().ComparingByMembers<EventSecrets>());
    }

    [Fact]
    public async Task The_queue_is_read_in_pages_and_by_number()
    {
        await WriteAsync(Changes(queue: [.. Enumerable.Range(1, 25).Select(number => new QueueChange(number, Queued(number, AttemptLog.None))), new QueueChange(7, null)]));
        await using var read = await OpenAsync();
        await read.WriteAsync(Changes(queue: [new QueueChange(30, Queued(30, AttemptLog.Waiting("not committed")))]), default);

        var numbers = new List<long>();
        while (await read.ReadQueueAsync(numbers.LastOrDefault(), 4, default) is { Count: > 0 } page)
        {
            page.Count.Should().BeLessThanOrEqualTo(4);
            numbers.AddRange(page.Select(queued => queued.Number));
        }

        numbers.Should().Equal([.. Enumerable.Range(1, 25).Where(number => number != 7).Select(number => (long)number), 30]);
        (await read.FindQueuedAsync([12], default)).SingleOrDefault().Should().BeEquivalentTo(Queued(12, AttemptLog.None), options => options.ComparingByMembers<EventSecrets>());
        (await read.FindQueuedAsync([30], default)).SingleOrDefault()!.Attempts.Message.Should().Be("not committed");
        (await read.FindQueuedAsync([99, 30, 7, 3], default)).Select(queued => queued.Number).Should().Equal(3, 30);
    }

    [Fact]
    public async Task Events_are_found_by_what_they_failed_of()
    {
        FailureCause[] causes = [new("TimeoutException", null, "It took too long."), new("LdapException", "create", "The name * is taken.")];
        await QueueAsync([.. Enumerable.Range(1, 9).Select(number => Queued(number, number % 3 == 2 ? AttemptLog.None : AttemptLog.None with { Cause = causes[number % 3] }))]);

        await using var read = await OpenAsync();
        (await read.FindInQueueAsync(new QueueFilter(causes[1].Id, null, null, null), 0, 10, 10, default)).Numbers.Should().Equal(1, 4, 7);
        (await read.FindInQueueAsync(new QueueFilter(causes[1].Id, null, null, null), 1, 1, 10, default)).Numbers.Should().Equal(4);
        (await read.FindQueuedAsync([2, 3, 4], default)).Select(queued => queued.Attempts.Cause).Should().Equal(null, causes[0], causes[1]);
    }

    [Fact]
    public async Task Events_are_found_by_what_only_the_state_knows_a_stretch_at_a_time()
    {
        await QueueAsync([.. Enumerable.Range(1, 30).Select(
            number => Queued(number, AttemptLog.Waiting(number % 10 == 0 ? "It Failed" : "waits")) with { Since = Noon.AddHours(number) })]);

        await using var read = await OpenAsync();
        var failed = new QueueFilter(null, "it failed", null, null);
        (await read.FindInQueueAsync(failed, 0, 2, 100, default)).Should().BeEquivalentTo(new QueueStretch([10, 20], 20));
        (await read.FindInQueueAsync(failed, 20, 2, 100, default)).Should().BeEquivalentTo(new QueueStretch([30], null));
        (await read.FindInQueueAsync(failed, 0, 2, 15, default)).Should().BeEquivalentTo(new QueueStretch([10], 15), "it may not look further");
        (await read.FindInQueueAsync(new QueueFilter(null, null, Noon.AddHours(28), Noon.AddHours(30)), 0, 10, 100, default)).Numbers.Should().Equal(28, 29);
    }

    [Fact]
    public async Task Dead_letters_are_kept_in_order()
    {
        await WriteAsync(Changes(letters:
        [
            new DeadLetter(new BusOffset(9), Noon, "no JSON", Encoding.UTF8.GetBytes("{oops")), new DeadLetter(new BusOffset(4), Noon, "unknown type", ReadOnlyMemory<byte>.Empty),
        ]));

        await using var read = await OpenAsync();
        (await read.CountDeadLettersAsync(default)).Should().Be(2);
        (await read.ReadDeadLettersAsync(long.MinValue, 10, default)).Select(letter => (letter.Offset.Value, letter.Reason, Encoding.UTF8.GetString(letter.Body.Span)))
            .Should().Equal((4, "unknown type", ""), (9, "no JSON", "{oops"));
        (await read.ReadDeadLettersAsync(4, 10, default)).Should().ContainSingle();
    }

    private async Task CommitAsync(ClientProgress progress, ClientSetup? setup)
    {
        await using var state = await OpenAsync();
        await state.CommitAsync(progress, setup, default);
    }

    internal static ClientSetup Setup() => new(
        new DataSchema(new TypeSchema("SRVUsers", ["id", "pw"], ["pw"], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty)),
        new ModelSnapshot(ImmutableSortedDictionary<string, TypeSnapshot>.Empty.Add(
            "Users", new TypeSnapshot("SRVUsers", ImmutableSortedDictionary<string, string>.Empty.Add("mail", "{{ mail | lower }}").Add("id", "id")))),
        new InitSyncRange(new BusOffset(3), new BusOffset(9)),
        ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("t", ["one", "two"]))
    {
        Left = new DataSchema(new TypeSchema("SRVRooms", ["id"], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty)),
        Rekeyed = new DataSchema(new TypeSchema("SRVUsers", ["id", "pw"], ["pw"], ["pw"], ImmutableSortedDictionary<string, ForeignKey>.Empty)),
        Dropped = new ModelSnapshot(ImmutableSortedDictionary<string, TypeSnapshot>.Empty.Add(
            "Rooms", new TypeSnapshot("SRVRooms", ImmutableSortedDictionary<string, string>.Empty.Add("number", "id")))),
    };
}

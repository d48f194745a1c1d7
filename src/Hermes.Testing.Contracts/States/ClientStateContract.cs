using System.Collections.Immutable;
using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Events.InitSync;
using Hermes.Events.Schema;
using Hermes.Runtime.State;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a client's state does. Inherit it and make a store.</summary>
public abstract class ClientStateContract
{
    private static readonly EntryTable Users = EntryTable.Local("Users");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, the same for the whole test.</summary>
    protected abstract IClientStateStore Store { get; }

    /// <summary>Lets another one open the state although it is open: as if the one who has it open had been taken for dead.</summary>
    protected abstract void LoseHold();

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
    public async Task Entries_keep_both_views_across_openings()
    {
        StoredEntry[] entries =
        [
            StoredEntry.Settled(Key(1), Live("same")),
            new(Key(2), Live("applied"), Live("expected")),
            new(Key(3), null, Live("to come")),
            new(Key(4), Live("to go"), null),
            new(Key(5), Live("live"), Trashed("live")),
            StoredEntry.Settled(EntryKey.Of("a", 7, true), Trashed("trashed")),
        ];
        await PutAsync(Users, entries);

        await using var read = await OpenAsync();
        foreach (var entry in entries)
            (await FindAsync(read, Users, entry.Key)).Should().Be(entry);
        (await read.ReadAsync(Users, EntryScope.All, 0, 10, default)).Select(row => row.Entry).Should().Equal(entries);
        (await read.ReadTablesAsync(default)).Should().Equal(Users);
        (await read.CountAsync(Users, default)).Should().Be(new EntryCount(3, 2));
    }

    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_was()
    {
        var entry = Entry.Of(
            ("text", "Zoé \U0001F600"), ("integer", long.MinValue), ("double", 0.1), ("decimal", 12.50m), ("flag", true), ("time", Noon.UtcDateTime),
            ("bytes", new byte[] { 0, 255 }), ("map", ValueMap.Create([new("k", "v")])), ("empty", ""),
            ("list", ValueList.Create(new Value[] { "a", 1, ValueList.Create(new Value[] { 2.5 }.AsSpan()) }.AsSpan())));
        await PutAsync(Users, StoredEntry.Settled(Key(1), new EntryView(entry)));

        await using var read = await OpenAsync();
        (await FindAsync(read, Users, Key(1))).Applied!.Entry.Should().Equal(entry);
    }

    [Fact]
    public async Task An_entry_that_is_gone_is_deleted_and_one_that_changes_keeps_its_place()
    {
        await PutAsync(Users, [.. Enumerable.Range(1, 3).Select(i => StoredEntry.Settled(Key(i), Live("v" + i)))]);
        await PutAsync(Users, StoredEntry.Settled(Key(1), Live("changed")), new StoredEntry(Key(2), null, null));

        await using var read = await OpenAsync();
        (await read.ReadAsync(Users, EntryScope.All, 0, 10, default)).Select(row => row.Entry.Key).Should().Equal(Key(1), Key(3));
    }

    [Fact]
    public async Task Pages_go_through_a_type_in_order_without_the_others()
    {
        var others = EntryTable.Remote("Users");
        await WriteAsync(Changes([.. Enumerable.Range(1, 25).SelectMany(i => new TableEntry[]
        {
            new(Users, StoredEntry.Settled(Key(i), i % 2 == 0 ? Trashed("t") : Live("l"))), new(others, StoredEntry.Settled(Key(i), Live("other"))),
        })]));

        await using var read = await OpenAsync();
        (await KeysAsync(EntryScope.All)).Should().Equal(Enumerable.Range(1, 25).Select(Key));
        (await KeysAsync(EntryScope.Trashed)).Should().Equal(Enumerable.Range(1, 25).Where(i => i % 2 == 0).Select(Key));

        async Task<List<EntryKey>> KeysAsync(EntryScope scope)
        {
            var keys = new List<EntryKey>();
            long after = 0;
            while (await read.ReadAsync(Users, scope, after, 4, default) is { Count: > 0 } page)
            {
                keys.AddRange(page.Select(row => row.Entry.Key));
                after = page[^1].Number;
            }

            return keys;
        }
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
            new BusOffset(42), new BusOffset(45), 7, ImmutableDictionary<string, long>.Empty.Add("p1", 40).Add("p2", 1));
        var setup = Setup();
        await CommitAsync(progress, setup);
        await CommitAsync(progress with { LastSequences = progress.LastSequences.SetItem("p1", 41) }, null);

        await using var read = await OpenAsync();
        (read.Progress.Next, read.Progress.DeliveredUpTo, read.Progress.NextQueueNumber).Should().Be((new BusOffset(42), new BusOffset(45), 7L));
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
        var first = Queued(3, new AttemptLog(2, Noon.AddHours(1), "it failed", [.. completed], true, true));
        first = first with { Event = first.Event with { AddedAgain = ["mail", "name"], RemoteBefore = new EntryView(Entry.Of(("id", 7)), DateTimeOffset.UnixEpoch) } };
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

    [Fact]
    public async Task Many_entries_are_found_at_once_and_those_that_are_not_there_are_left_out()
    {
        await PutAsync(Users, [.. Enumerable.Range(1, 1500).Select(i => StoredEntry.Settled(Key(i), Live("v" + i)))]);
        await using var state = await OpenAsync();
        await state.WriteAsync(Changes([new(Users, new StoredEntry(Key(3), null, null)), new(Users, StoredEntry.Settled(Key(9000), Live("new")))]), default);

        var found = await state.FindAsync(
            [
                .. new[] { 2000, 1500, 3, 1, 9000 }.Select(i => new EntryAddress(Users, Key(i))),
                new(EntryTable.Remote("Users"), Key(1)),
                new(EntryTable.Local("None"), Key(1)),
            ],
            default);
        found.Select(entry => (entry.Table, entry.Entry)).Should().BeEquivalentTo(
            [(Users, StoredEntry.Settled(Key(1), Live("v1"))), (Users, StoredEntry.Settled(Key(1500), Live("v1500"))), (Users, StoredEntry.Settled(Key(9000), Live("new")))]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2000)]
    public async Task What_was_written_is_seen_before_it_is_committed_and_its_lists_may_be_used_again(int count)
    {
        await using var state = await OpenAsync();
        var entries = new List<TableEntry>();
        var changes = new ClientChanges(entries, [], []);
        for (var round = 1; round <= 3; round++)
        {
            entries.AddRange(Enumerable.Range(1, count).Select(i => new TableEntry(Users, StoredEntry.Settled(Key(i), Live($"{round}-{i}")))));
            await state.WriteAsync(changes, default);
            entries.Clear();
            (await FindAsync(state, Users, Key(count))).Applied.Should().Be(Live($"{round}-{count}"));
        }

        (await state.CountAsync(Users, default)).Live.Should().Be(count);
        (await state.ReadAsync(Users, EntryScope.All, 0, 1, default)).Single().Entry.Applied.Should().Be(Live("3-1"));
        (await state.ReadTablesAsync(default)).Should().Equal(Users);
    }

    [Fact]
    public async Task The_last_change_of_an_entry_in_a_batch_counts()
    {
        await WriteAsync(Changes(
        [
            new(Users, StoredEntry.Settled(Key(1), Live("first"))), new(Users, new StoredEntry(Key(1), null, null)), new(Users, StoredEntry.Settled(Key(2), Live("other"))),
            new(Users, StoredEntry.Settled(Key(1), Live("last"))), new(Users, StoredEntry.Settled(Key(3), Live("gone"))), new(Users, new StoredEntry(Key(3), null, null)),
        ]));

        await using var read = await OpenAsync();
        (await read.ReadAsync(Users, EntryScope.All, 0, 10, default)).Select(row => row.Entry)
            .Should().Equal(StoredEntry.Settled(Key(2), Live("other")), StoredEntry.Settled(Key(1), Live("last")));
    }

    [Fact]
    public async Task A_second_client_waits_says_so_once_and_gets_the_state_when_the_first_one_leaves_it()
    {
        var time = new FakeTimeProvider();
        var told = new List<string>();
        var first = await OpenAsync();
        var second = Store.OpenAsync(new StateOpening(time, told.Add), default).AsTask();
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        second.IsCompleted.Should().BeFalse();
        told.Should().ContainSingle().Which.Should().Contain("in use by another client");
        await first.DisposeAsync();
        while (!second.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await using var state = await second;
        state.Term.Should().BeGreaterThan(first.Term);
    }

    [Fact]
    public async Task A_wait_for_the_state_ends_when_it_is_cancelled()
    {
        await using var first = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var second = Store.OpenAsync(new StateOpening(new FakeTimeProvider(), _ => { }), cancel.Token).AsTask();
        await cancel.CancelAsync();

        await second.Awaiting(opening => opening).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Each_opening_has_a_greater_term()
    {
        var terms = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            await using var state = await OpenAsync();
            terms.Add(state.Term);
        }

        terms.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task One_that_was_taken_for_dead_stores_nothing_any_more_and_gets_to_know_it()
    {
        await PutAsync(Users, StoredEntry.Settled(Key(1), Live("kept")));
        await using var first = await OpenAsync();
        first.Lost.IsCancellationRequested.Should().BeFalse();
        LoseHold();
        await using var second = await OpenAsync();
        second.Term.Should().BeGreaterThan(first.Term);

        var commit = async () =>
        {
            await first.WriteAsync(Everything(), default);
            await first.CommitAsync(ClientProgress.None with { Next = new BusOffset(5) }, Setup(), default);
        };
        await commit.Should().ThrowAsync<ClientStateException>().WithMessage("Another client took over*");
        first.Lost.IsCancellationRequested.Should().BeTrue();
        second.Lost.IsCancellationRequested.Should().BeFalse();
        await ShouldHoldOnlyTheFirstAsync(second);
        await second.WriteAsync(Changes([new(Users, StoredEntry.Settled(Key(2), Live("by the second")))]), default);
        await second.CommitAsync(ClientProgress.None, null, default);
        (await FindAsync(second, Users, Key(2))).Applied.Should().Be(Live("by the second"));
    }

    /// <summary>An event with secrets, for tests of what a store makes of them.</summary>
    protected static QueuedEvent Queued(long number, AttemptLog attempts, string? fault = null)
    {
        var secrets = new AttributeChanges(Entry.Of(("pw", "s3cret")), Entry.Of(("pin", "t0psecret")), ["old"]);
        return new QueuedEvent(
            number,
            new LocalEvent("Users", Key((int)number), LocalEventKind.Modified, "SRVUsers", Live("remote"), Trashed("local"), new EventSecrets(secrets, secrets), fault),
            Noon,
            attempts);
    }

    /// <summary>A batch of changes.</summary>
    protected static ClientChanges Changes(
        IReadOnlyList<TableEntry>? entries = null, IReadOnlyList<QueueChange>? queue = null, IReadOnlyList<DeadLetter>? letters = null) =>
        new(entries ?? [], queue ?? [], letters ?? []);

    /// <summary>Opens the state, which must be free.</summary>
    protected ValueTask<IClientState> OpenAsync() =>
        Store.OpenAsync(new StateOpening(TimeProvider.System, reason => throw new InvalidOperationException(reason)), CancellationToken.None);

    /// <summary>Writes and commits.</summary>
    protected async Task WriteAsync(ClientChanges changes)
    {
        await using var state = await OpenAsync();
        await state.WriteAsync(changes, default);
        await state.CommitAsync(state.Progress, null, default);
    }

    /// <summary>Puts events into the queue and commits.</summary>
    protected Task QueueAsync(params IEnumerable<QueuedEvent> queue) => WriteAsync(Changes(queue: [.. queue.Select(queued => new QueueChange(queued.Number, queued))]));

    private Task PutAsync(EntryTable table, params IEnumerable<StoredEntry> entries) => WriteAsync(Changes([.. entries.Select(entry => new TableEntry(table, entry))]));

    private async Task CommitAsync(ClientProgress progress, ClientSetup? setup)
    {
        await using var state = await OpenAsync();
        await state.CommitAsync(progress, setup, default);
    }

    private static async Task<StoredEntry> FindAsync(IClientState state, EntryTable table, EntryKey key) =>
        await state.FindAsync([new EntryAddress(table, key)], default) is [var found] ? found.Entry : new StoredEntry(key, null, null);

    private static ClientChanges Everything() => Changes(
        [new(Users, StoredEntry.Settled(Key(1), Live("lost"))), new(EntryTable.Local("New"), StoredEntry.Settled(Key(1), Live("lost")))],
        [new QueueChange(1, Queued(1, AttemptLog.None))],
        [new DeadLetter(new BusOffset(1), Noon, "lost", ReadOnlyMemory<byte>.Empty)]);

    private static async Task ShouldHoldOnlyTheFirstAsync(IClientState state)
    {
        (await FindAsync(state, Users, Key(1))).Applied.Should().Be(Live("kept"));
        (await FindAsync(state, EntryTable.Local("New"), Key(1))).IsGone.Should().BeTrue();
        (await state.ReadQueueAsync(0, 10, default)).Should().BeEmpty();
        (await state.CountDeadLettersAsync(default)).Should().Be(0);
        state.Progress.Next.Should().BeNull();
        state.Setup.Should().BeNull();
    }

    private static ClientSetup Setup() => new(
        new DataSchema(new TypeSchema("SRVUsers", ["id", "pw"], ["pw"], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty)),
        new ModelSnapshot(ImmutableSortedDictionary<string, TypeSnapshot>.Empty.Add(
            "Users", new TypeSnapshot("SRVUsers", ImmutableSortedDictionary<string, string>.Empty.Add("mail", "{{ mail | lower }}").Add("id", "id")))),
        new InitSyncRange(new BusOffset(3), new BusOffset(9)),
        ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("t", ["one", "two"]))
    {
        Left = new DataSchema(new TypeSchema("SRVRooms", ["id"], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty)),
        Dropped = new ModelSnapshot(ImmutableSortedDictionary<string, TypeSnapshot>.Empty.Add(
            "Rooms", new TypeSnapshot("SRVRooms", ImmutableSortedDictionary<string, string>.Empty.Add("number", "id")))),
    };

    private static EntryKey Key(int id) => EntryKey.Of(id);

    private static EntryView Live(string name) => new(Entry.Of(("name", name)));

    private static EntryView Trashed(string name) => Live(name) with { TrashedSince = Noon };
}

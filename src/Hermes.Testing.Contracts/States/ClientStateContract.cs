using System.Collections.Immutable;
using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Events.InitSync;
using Hermes.Events.Schema;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a client's state does. Inherit it and make a store.</summary>
public abstract class ClientStateContract
{
    private static readonly EntryTable Users = EntryTable.Local("Users");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, the same for the whole test.</summary>
    protected abstract IClientStateStore Store { get; }

    [Fact]
    public void A_new_state_is_empty()
    {
        using var state = Store.Open();
        (state.Progress.Next, state.Progress.DeliveredUpTo, state.Progress.NextQueueNumber, state.Progress.LastSequences.Count).Should().Be((null, null, 1L, 0));
        state.Setup.Should().BeNull();
        state.Tables.Should().BeEmpty();
        state.ReadQueue(0, 10).Should().BeEmpty();
        state.DeadLetterCount.Should().Be(0);
        state.Find(Users, Key(1)).IsGone.Should().BeTrue();
        state.Read(Users, EntryScope.All, 0, 10).Should().BeEmpty();
        state.Count(Users).Should().Be(default(EntryCount));
    }

    [Fact]
    public void Entries_keep_both_views_across_openings()
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
        Write(state => Array.ForEach(entries, entry => state.Put(Users, entry)));

        using var read = Store.Open();
        foreach (var entry in entries)
            read.Find(Users, entry.Key).Should().Be(entry);
        read.Read(Users, EntryScope.All, 0, 10).Select(row => row.Entry).Should().Equal(entries);
        read.Tables.Should().Equal(Users);
        read.Count(Users).Should().Be(new EntryCount(3, 2));
    }

    [Fact]
    public void Every_kind_of_value_comes_back_as_it_was()
    {
        var entry = Entry.Of(
            ("text", "Zoé \U0001F600"), ("integer", long.MinValue), ("double", 0.1), ("decimal", 12.50m), ("flag", true), ("time", Noon.UtcDateTime),
            ("bytes", new byte[] { 0, 255 }), ("map", ValueMap.Create([new("k", "v")])), ("empty", ""),
            ("list", ValueList.Create(new Value[] { "a", 1, ValueList.Create(new Value[] { 2.5 }.AsSpan()) }.AsSpan())));
        Write(state => state.Put(Users, StoredEntry.Settled(Key(1), new EntryView(entry))));

        using var read = Store.Open();
        read.Find(Users, Key(1)).Applied!.Entry.Should().Equal(entry);
    }

    [Fact]
    public void An_entry_that_is_gone_is_deleted_and_one_that_changes_keeps_its_place()
    {
        Write(state =>
        {
            for (var i = 1; i <= 3; i++)
                state.Put(Users, StoredEntry.Settled(Key(i), Live("v" + i)));
        });
        Write(state =>
        {
            state.Put(Users, StoredEntry.Settled(Key(1), Live("changed")));
            state.Put(Users, new StoredEntry(Key(2), null, null));
        });

        using var read = Store.Open();
        read.Read(Users, EntryScope.All, 0, 10).Select(row => row.Entry.Key).Should().Equal(Key(1), Key(3));
    }

    [Fact]
    public void Pages_go_through_a_type_in_order_without_the_others()
    {
        var others = EntryTable.Remote("Users");
        Write(state =>
        {
            for (var i = 1; i <= 25; i++)
            {
                state.Put(Users, StoredEntry.Settled(Key(i), i % 2 == 0 ? Trashed("t") : Live("l")));
                state.Put(others, StoredEntry.Settled(Key(i), Live("other")));
            }
        });

        using var read = Store.Open();
        Pages(EntryScope.All).Should().Equal(Enumerable.Range(1, 25).Select(Key));
        Pages(EntryScope.Trashed).Should().Equal(Enumerable.Range(1, 25).Where(i => i % 2 == 0).Select(Key));

        IEnumerable<EntryKey> Pages(EntryScope scope)
        {
            long after = 0;
            while (read.Read(Users, scope, after, 4) is { Count: > 0 } page)
            {
                foreach (var row in page)
                    yield return row.Entry.Key;
                after = page[^1].Number;
            }
        }
    }

    [Fact]
    public void What_was_not_committed_is_seen_at_once_and_lost_without_a_commit()
    {
        Write(state => state.Put(Users, StoredEntry.Settled(Key(1), Live("kept"))));
        using (var state = Store.Open())
        {
            WriteEverything(state);
            state.Find(Users, Key(1)).Applied.Should().Be(Live("lost"));
            state.ReadQueue(0, 10).Should().HaveCount(1);
        }

        using var read = Store.Open();
        ShouldHoldOnlyTheFirst(read);
    }

    [Fact]
    public void Progress_and_setup_come_back_as_they_were()
    {
        var progress = new ClientProgress(
            new BusOffset(42), new BusOffset(45), 7, ImmutableDictionary<string, long>.Empty.Add("p1", 40).Add("p2", 1));
        var setup = Setup();
        Write(state => (state.Progress, state.Setup) = (progress, setup));
        Write(state => state.Progress = progress with { LastSequences = progress.LastSequences.SetItem("p1", 41) });

        using var read = Store.Open();
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
    public void The_queue_comes_back_in_order_with_its_secrets_and_steps()
    {
        var first = Queued(3, new AttemptLog(2, Noon.AddHours(1), "it failed", [new("create", "an-account-number"), new("Straße", Value.Null), new("list", ValueList.Empty)], true, true));
        first = first with { Event = first.Event with { AddedAgain = ["mail", "name"], RemoteBefore = new EntryView(Entry.Of(("id", 7)), DateTimeOffset.UnixEpoch) } };
        var second = Queued(5, AttemptLog.Waiting("waits"), "a template failed") with { Since = Noon.AddDays(1) };
        Write(state =>
        {
            state.PutQueued(second);
            state.PutQueued(first with { Attempts = AttemptLog.None });
            state.PutQueued(Queued(4, AttemptLog.None));
            state.PutQueued(first);
            state.RemoveQueued(4);
        });

        using var read = Store.Open();
        read.ReadQueue(0, 10).Should().BeEquivalentTo([first, second], options => options.WithStrictOrdering().ComparingByMembers<EventSecrets>());
    }

    [Fact]
    public void The_queue_is_read_in_pages_and_by_number()
    {
        Write(state =>
        {
            foreach (var number in Enumerable.Range(1, 25))
                state.PutQueued(Queued(number, AttemptLog.None));
            state.RemoveQueued(7);
        });
        using var read = Store.Open();
        read.PutQueued(Queued(30, AttemptLog.Waiting("not committed")));

        var numbers = new List<long>();
        while (read.ReadQueue(numbers.LastOrDefault(), 4) is { Count: > 0 } page)
        {
            page.Count.Should().BeLessThanOrEqualTo(4);
            numbers.AddRange(page.Select(queued => queued.Number));
        }

        numbers.Should().Equal([.. Enumerable.Range(1, 25).Where(number => number != 7).Select(number => (long)number), 30]);
        read.FindQueued(12).Should().BeEquivalentTo(Queued(12, AttemptLog.None), options => options.ComparingByMembers<EventSecrets>());
        read.FindQueued(30)!.Attempts.Message.Should().Be("not committed");
        read.FindQueued(7).Should().BeNull();
        read.FindQueued(99).Should().BeNull();
    }

    [Fact]
    public void Dead_letters_are_kept_in_order()
    {
        Write(state =>
        {
            state.AddDeadLetter(new DeadLetter(new BusOffset(9), Noon, "no JSON", Encoding.UTF8.GetBytes("{oops")));
            state.AddDeadLetter(new DeadLetter(new BusOffset(4), Noon, "unknown type", ReadOnlyMemory<byte>.Empty));
        });

        using var read = Store.Open();
        read.DeadLetterCount.Should().Be(2);
        read.ReadDeadLetters(long.MinValue, 10).Select(letter => (letter.Offset.Value, letter.Reason, Encoding.UTF8.GetString(letter.Body.Span)))
            .Should().Equal((4, "unknown type", ""), (9, "no JSON", "{oops"));
        read.ReadDeadLetters(4, 10).Should().ContainSingle();
    }

    [Fact]
    public void A_second_client_is_kept_away()
    {
        using var first = Store.Open();
        FluentActions.Invoking(Store.Open).Should().Throw<ClientStateException>().WithMessage("*in use by another client*");
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

    /// <summary>Writes and commits.</summary>
    protected void Write(Action<IClientState> write)
    {
        using var state = Store.Open();
        write(state);
        state.Commit();
    }

    private static void WriteEverything(IClientState state)
    {
        state.Put(Users, StoredEntry.Settled(Key(1), Live("lost")));
        state.Put(EntryTable.Local("New"), StoredEntry.Settled(Key(1), Live("lost")));
        state.PutQueued(Queued(1, AttemptLog.None));
        state.AddDeadLetter(new DeadLetter(new BusOffset(1), Noon, "lost", ReadOnlyMemory<byte>.Empty));
        state.Progress = ClientProgress.None with { Next = new BusOffset(5) };
        state.Setup = Setup();
    }

    private static void ShouldHoldOnlyTheFirst(IClientState state)
    {
        state.Find(Users, Key(1)).Applied.Should().Be(Live("kept"));
        state.Find(EntryTable.Local("New"), Key(1)).IsGone.Should().BeTrue();
        state.ReadQueue(0, 10).Should().BeEmpty();
        state.DeadLetterCount.Should().Be(0);
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

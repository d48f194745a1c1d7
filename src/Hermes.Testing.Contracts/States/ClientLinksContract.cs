using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a client's state does with the links of entries. Inherit it and make a store.</summary>
public abstract class ClientLinksContract
{
    private static readonly EntryTable Users = EntryTable.Local("Users");
    private static readonly EntryTable Groups = EntryTable.Local("Groups");

    /// <summary>The store under test, the same for the whole test.</summary>
    protected abstract IClientStateStore Store { get; }

    [Fact]
    public async Task A_link_is_kept_across_openings_with_either_kind_of_content()
    {
        StoredEntry[] entries =
        [
            StoredEntry.Settled(Key(1), Live("a")) with { Link = "uuid-1" },
            new(Key(2), Live("a"), Live("b")) { Link = "uuid-2" },
            new(Key(3), null, Live("to come")) { Link = "uuid-3" },
            StoredEntry.Settled(Key(4), Live("not linked")),
        ];
        await PutAsync(Users, entries);

        await using var read = await OpenAsync();
        foreach (var entry in entries)
            (await FindAsync(read, entry.Key)).Should().Be(entry);
        (await read.ReadAsync(Users, EntryScope.All, 0, 10, default)).Select(row => row.Entry).Should().Equal(entries);
    }

    [Fact]
    public async Task An_entry_is_found_by_its_link_also_before_the_commit()
    {
        await PutAsync(Users, StoredEntry.Settled(Key(1), Live("a")) with { Link = "é/1" });

        await using var state = await OpenAsync();
        await state.WriteAsync(Changes(Groups, StoredEntry.Settled(Key(1), Live("g")) with { Link = "group" }), default);
        (await OwnerAsync(state, "é/1")).Should().Be(new EntryAddress(Users, Key(1)));
        (await OwnerAsync(state, "group")).Should().Be(new EntryAddress(Groups, Key(1)));
        (await OwnerAsync(state, "É/1")).Should().BeNull("links are compared as they are");
        (await OwnerAsync(state, "other")).Should().BeNull();
    }

    [Fact]
    public async Task Entries_are_found_by_many_links_at_once_with_their_places()
    {
        var entry = StoredEntry.Settled(Key(2), Live("b")) with { Link = "two" };
        await PutAsync(Users, StoredEntry.Settled(Key(1), Live("a")) with { Link = "one" }, entry, StoredEntry.Settled(Key(3), Live("c")));

        await using var read = await OpenAsync();
        var found = await read.FindLinkedAsync(["two", "none", "one"], default);
        var places = (await read.ReadAsync(Users, EntryScope.All, 0, 10, default)).ToDictionary(row => row.Entry.Key);
        found.Should().BeEquivalentTo([new LinkedEntry(Users, places[Key(1)]), new LinkedEntry(Users, places[Key(2)])]);
        found.Should().Contain(linked => linked.Row.Entry == entry);
        (await read.FindLinkedAsync([], default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_link_that_was_taken_away_finds_nothing()
    {
        await PutAsync(Users, StoredEntry.Settled(Key(1), Live("a")) with { Link = "one" }, StoredEntry.Settled(Key(2), Live("b")) with { Link = "two" });
        await PutAsync(Users, StoredEntry.Settled(Key(1), Live("a")), new StoredEntry(Key(2), null, null));

        await using var read = await OpenAsync();
        (await OwnerAsync(read, "one")).Should().BeNull();
        (await OwnerAsync(read, "two")).Should().BeNull();
    }

    [Fact]
    public async Task An_entry_of_which_only_the_link_is_known_is_kept()
    {
        await PutAsync(Users, new StoredEntry(Key(1), null, null) { Link = "left" });

        await using var read = await OpenAsync();
        (await OwnerAsync(read, "left")).Should().Be(new EntryAddress(Users, Key(1)));
        (await read.CountAsync(Users, default)).Should().Be(default(EntryCount));
    }

    [Fact]
    public async Task An_event_that_waits_for_the_object_of_another_entry_still_does_after_an_opening()
    {
        var holder = new EntryId("Users", EntryKey.Of("b", 2));
        QueuedEvent Queued(long number, EntryId? waitsFor) => new(
            number,
            new LocalEvent("Users", Key((int)number), LocalEventKind.Removed, "SRVUsers", null, null, EventSecrets.None),
            DateTimeOffset.UnixEpoch,
            AttemptLog.Waiting("The name is taken.") with { Holder = waitsFor });
        await using (var state = await OpenAsync())
        {
            await state.WriteAsync(new([], [new(1, Queued(1, holder)), new(2, Queued(2, null))], []), default);
            await state.CommitAsync(state.Progress, null, default);
        }

        await using var read = await OpenAsync();
        (await read.ReadQueueAsync(0, 10, default)).Select(queued => queued.Attempts.Holder).Should().Equal(holder, null);
    }

    private ValueTask<IClientState> OpenAsync() =>
        Store.OpenAsync(new StateOpening(TimeProvider.System, reason => throw new InvalidOperationException(reason)), CancellationToken.None);

    private async Task PutAsync(EntryTable table, params StoredEntry[] entries)
    {
        await using var state = await OpenAsync();
        await state.WriteAsync(Changes(table, entries), default);
        await state.CommitAsync(state.Progress, null, default);
    }

    private static ClientChanges Changes(EntryTable table, params StoredEntry[] entries) => new([.. entries.Select(entry => new TableEntry(table, entry))], [], []);

    private static async Task<StoredEntry> FindAsync(IClientState state, EntryKey key) =>
        await state.FindAsync([new EntryAddress(Users, key)], default) is [var found] ? found.Entry : new StoredEntry(key, null, null);

    private static async Task<EntryAddress?> OwnerAsync(IClientState state, string link) =>
        await state.FindLinkedAsync([link], default) is [var owner] ? new EntryAddress(owner.Table, owner.Row.Entry.Key) : null;

    private static EntryKey Key(int id) => EntryKey.Of(id);

    private static EntryView Live(string name) => new(Entry.Of(("name", name)));
}

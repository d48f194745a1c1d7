using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a client's state does with entries. Inherit it and make a store.</summary>
public abstract class ClientEntriesContract : ClientStateSuite
{
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
}

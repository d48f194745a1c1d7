using System.Text;
using Hermes.ServerRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a server's state does with entries and transactions. Inherit it and make a store.</summary>
public abstract class ServerStateContract : ServerStateSuite
{
    [Fact]
    public async Task A_new_state_is_empty()
    {
        await using var state = await OpenAsync();

        (await state.ReadHeaderAsync(default)).Should().BeNull();
        (await state.CountOutboxAsync(default)).Should().Be(0);
        (await state.ReadKeysAsync("Users", default).CountAsync()).Should().Be(0);
        (await ContentsAsync(state, "Users")).Should().BeEmpty();
        (await OutboxAsync(state)).Should().BeEmpty();
        (await state.ReadDueWriteBacksAsync(10, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_committed_is_there_after_opening_again()
    {
        await CommitAsync(async transaction =>
        {
            await transaction.AppendEntriesAsync("Users", [Row(1, "ada"), Row(2, "bob")], default);
            await transaction.AppendEntriesAsync("Groups", [Row(1, "staff")], default);
            await transaction.AppendEventsAsync([Event(1, "added ada")], default);
        });

        await using var state = await OpenAsync();
        (await state.ReadHeaderAsync(default)).Should().BeEquivalentTo(Header);
        var keys = await state.ReadKeysAsync("Users", default).SelectMany(batch => batch).ToListAsync();
        keys.Should().Equal(new StoredKey(1, Hash(1), Print("ada")), new StoredKey(2, Hash(2), Print("bob")));
        (await ContentsAsync(state, "Users")).Should().Equal("ada", "bob");
        (await ContentsAsync(state, "Groups")).Should().Equal("staff");
        (await OutboxAsync(state)).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new OutboxEvent(1, "base", "added", Time, Encoding.UTF8.GetBytes("added ada")));
        (await state.CountOutboxAsync(default)).Should().Be(1);
    }

    [Fact]
    public async Task Entries_are_read_a_page_at_a_time()
    {
        await CommitAsync(transaction => transaction.AppendEntriesAsync("Users", [.. Enumerable.Range(1, 10).Select(i => Row(i, $"user {i}"))], default));

        await using var state = await OpenAsync();
        (await state.ReadEntriesAsync("Users", 0, 3, default)).Select(row => Text(row.Content)).Should().Equal("user 1", "user 2", "user 3");
        (await state.ReadEntriesAsync("Users", 8, 3, default)).Select(row => row.Id).Should().Equal(9, 10);
        (await state.ReadEntriesAsync("Nobody", 0, 3, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task Contents_come_in_the_order_in_which_they_are_asked_for()
    {
        await CommitAsync(transaction => transaction.AppendEntriesAsync("Users", [.. Enumerable.Range(1, 1_000).Select(i => Row(i, $"user {i}"))], default));

        await using var state = await OpenAsync();
        (await state.ReadContentsAsync("Users", [700, 3, 999, 3], default)).Select(Text).Should().Equal("user 700", "user 3", "user 999", "user 3");
        (await state.ReadContentsAsync("Users", [], default)).Should().BeEmpty();
        await FluentActions.Awaiting(async () => await state.ReadContentsAsync("Users", [1, 2_000], default)).Should().ThrowAsync<ServerStateException>();
    }

    [Fact]
    public async Task A_transaction_that_is_not_committed_leaves_nothing()
    {
        await CommitAsync(transaction => transaction.AppendEntriesAsync("Users", [Row(1, "ada")], default));
        await using (var state = await OpenAsync())
        {
            await using (var transaction = await state.BeginAsync(default))
            {
                await transaction.AppendEntriesAsync("Users", [Row(2, "bob")], default);
                await transaction.AppendEntriesAsync("Groups", [Row(1, "staff")], default);
                await transaction.DeleteEntriesAsync("Users", [1], default);
                await transaction.AppendEventsAsync([Event(1, "removed")], default);
                await transaction.AppendWriteBacksAsync([new StoredWriteBack(1, [1])], default);
            }

            (await ContentsAsync(state, "Users")).Should().Equal("ada");
            (await ContentsAsync(state, "Groups")).Should().BeEmpty();
            (await state.CountOutboxAsync(default)).Should().Be(0);
        }

        await using var again = await OpenAsync();
        (await ContentsAsync(again, "Users")).Should().Equal("ada");
        (await again.CountOutboxAsync(default)).Should().Be(0);
        (await again.ReadDueWriteBacksAsync(10, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_of_a_transaction_can_be_read_before_its_commit_and_all_of_it_after()
    {
        await CommitAsync(transaction => transaction.AppendEntriesAsync("Users", [Row(1, "ada"), Row(2, "bob")], default));
        await using var state = await OpenAsync();
        await using var transaction = await state.BeginAsync(default);
        await transaction.ReplaceEntriesAsync("Users", [Row(1, "ada lovelace")], default);
        await transaction.DeleteEntriesAsync("Users", [2], default);
        await transaction.AppendEntriesAsync("Users", [.. Enumerable.Range(3, 2_000).Select(i => Row(i, "new"))], default);
        await transaction.AppendEntriesAsync("Groups", [Row(1, "staff")], default);
        await transaction.AppendEventsAsync([Event(1, "event")], default);

        (await state.ReadContentsAsync("Users", [1, 2], default)).Select(Text).Should().Equal("ada", "bob");
        (await ContentsAsync(state, "Users")).Should().Equal("ada", "bob");
        (await ContentsAsync(state, "Groups")).Should().BeEmpty();
        (await OutboxAsync(state)).Should().BeEmpty();

        await transaction.CommitAsync(Header, default);

        Text((await state.ReadContentsAsync("Users", [1], default))[0]).Should().Be("ada lovelace");
        (await ContentsAsync(state, "Users")).Should().HaveCount(2_001).And.NotContain("bob");
        (await ContentsAsync(state, "Groups")).Should().Equal("staff");
        (await OutboxAsync(state)).Should().ContainSingle();
    }

    [Fact]
    public async Task Entries_are_told_by_their_ids_whatever_became_of_them()
    {
        await CommitAsync(transaction => transaction.AppendEntriesAsync("Users", [Row(1, "ada"), Row(2, "bob"), Row(3, "cid")], default));
        await CommitAsync(async transaction =>
        {
            await transaction.DeleteEntriesAsync("Users", [2], default);
            await transaction.ReplaceEntriesAsync("Users", [Row(1, "eve") with { KeyHash = Hash(9) }], default);
        });

        await using var state = await OpenAsync();
        var entries = await state.ReadEntriesAsync("Users", default).SelectMany(batch => batch).ToListAsync();
        entries.Select(entry => (entry.Id, entry.KeyHash, Text(entry.Content))).Should().Equal((1, Hash(9), "eve"), (3, Hash(3), "cid"));
    }

    [Fact]
    public async Task What_was_appended_or_replaced_can_be_withdrawn_in_the_same_transaction()
    {
        await CommitAsync(transaction => transaction.AppendEntriesAsync("Users", [Row(5, "eve")], default));
        await CommitAsync(async transaction =>
        {
            await transaction.AppendEntriesAsync("Users", [Row(6, "ada"), Row(7, "bob")], default);
            await transaction.AppendEntriesAsync("Groups", [Row(6, "group of the same id")], default);
            await transaction.ReplaceEntriesAsync("Users", [Row(5, "eve changed")], default);
            await transaction.DeleteEntriesAsync("Users", [6], default);
            await transaction.ReplaceEntriesAsync("Users", [Row(5, "eve")], default);
            await transaction.AppendEntriesAsync("Users", [Row(8, "ada again")], default);
        });

        await using var state = await OpenAsync();
        (await ContentsAsync(state, "Users")).Should().Equal("eve", "bob", "ada again");
        (await ContentsAsync(state, "Groups")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_list_that_was_handed_in_may_be_used_again()
    {
        await CommitAsync(async transaction =>
        {
            var entries = new List<StoredRow> { Row(1, "ada") };
            await transaction.AppendEntriesAsync("Users", entries, default);
            entries[0] = Row(2, "bob");
            await transaction.AppendEntriesAsync("Users", entries, default);
            entries.Clear();
        });

        await using var state = await OpenAsync();
        (await ContentsAsync(state, "Users")).Should().Equal("ada", "bob");
    }

    [Fact]
    public async Task Dropping_a_type_drops_its_entries_and_it_can_come_back()
    {
        await CommitAsync(async transaction =>
        {
            await transaction.AppendEntriesAsync("Users", [Row(1, "ada")], default);
            await transaction.AppendEntriesAsync("Groups", [Row(1, "staff")], default);
        });
        await CommitAsync(async transaction =>
        {
            await transaction.DropTypeAsync("Users", default);
            await transaction.DropTypeAsync("Nothing", default);
        });
        await using (var state = await OpenAsync())
            (await ContentsAsync(state, "Users")).Should().BeEmpty();

        await CommitAsync(transaction => transaction.AppendEntriesAsync("Users", [Row(4, "dan")], default));

        await using var again = await OpenAsync();
        (await ContentsAsync(again, "Users")).Should().Equal("dan");
        (await ContentsAsync(again, "Groups")).Should().Equal("staff");
    }

    [Fact]
    public async Task One_transaction_is_open_at_a_time()
    {
        await using var state = await OpenAsync();
        var first = await state.BeginAsync(default);
        await FluentActions.Awaiting(async () => await state.BeginAsync(default)).Should().ThrowAsync<InvalidOperationException>();
        await first.DisposeAsync();

        await (await state.BeginAsync(default)).DisposeAsync();
    }

    [Fact]
    public async Task Big_contents_and_many_entries_survive()
    {
        var big = new byte[10_000_000];
        new Random(20260301).NextBytes(big);
        await CommitAsync(async transaction =>
        {
            await transaction.AppendEntriesAsync("Users", [new StoredRow(1, Hash(1), Print("big"), big)], default);
            foreach (var batch in Enumerable.Range(2, 9_999).Chunk(256))
            {
                await transaction.AppendEntriesAsync("Users", [.. batch.Select(i => Row(i, $"user {i}"))], default);
                await transaction.AppendEventsAsync([.. batch.Select(i => Event(i, $"added {i}"))], default);
            }
        });

        await using var state = await OpenAsync();
        (await state.ReadContentsAsync("Users", [1], default))[0].Should().Equal(big);
        var keys = await state.ReadKeysAsync("Users", default).SelectMany(batch => batch).ToListAsync();
        keys.Select(key => key.KeyHash).Should().Equal(Enumerable.Range(1, 10_000).Select(Hash));
        (await OutboxAsync(state)).Should().HaveCount(9_999);
    }

    [Fact]
    public async Task Document_is_there_again_until_another_takes_its_place()
    {
        await CommitAsync(transaction => transaction.WriteDocumentAsync("guard", "one"u8.ToArray(), default));
        await CommitAsync(transaction => transaction.WriteDocumentAsync("guard", "two"u8.ToArray(), default));

        await using var state = await OpenAsync();
        Text((await state.ReadDocumentAsync("guard", default))!).Should().Be("two");
        (await state.ReadDocumentAsync("other", default)).Should().BeNull();
    }

    [Fact]
    public async Task Starting_anew_drops_what_waits_and_lets_write_backs_wait_for_the_new_events()
    {
        await CommitAsync(async transaction =>
        {
            await transaction.AppendEventsAsync([Event(7, "old"), Event(8, "older")], default);
            await transaction.AppendWriteBacksAsync([new StoredWriteBack(7, "after old"u8.ToArray())], default);
        });

        await CommitAsync(async transaction =>
        {
            await transaction.StartAnewAsync(2, default);
            await transaction.AppendEventsAsync([Event(1, "start"), Event(2, "stop")], default);
        });

        await using var state = await OpenAsync();
        (await OutboxAsync(state)).Select(item => Text(item.Body)).Should().Equal("start", "stop");
        await state.ConfirmAsync(1, default);
        (await state.ReadDueWriteBacksAsync(10, default)).Should().BeEmpty();
        await state.ConfirmAsync(2, default);
        (await state.ReadDueWriteBacksAsync(10, default)).Should().ContainSingle();
    }
}

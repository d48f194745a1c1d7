using System.Text;
using Hermes.Diff.Diffing;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a server's state must do.</summary>
public abstract class ServerStateContract
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServerStateHeader Header = new("producer-1", [1, 2, 3], "{}", IsFilled: true, "{\"a\":1}", LastSequence: 7);

    /// <summary>The store; each call gives the same one, with what was committed before.</summary>
    protected abstract IServerStateStore Store { get; }

    /// <summary>Lets the next server open the state although one holds it, as when the one was thought dead.</summary>
    protected abstract void BreakHold();

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
    public async Task The_outbox_is_read_from_a_number_on_as_many_events_and_bytes_as_wanted()
    {
        await CommitAsync(transaction => transaction.AppendEventsAsync([.. Enumerable.Range(8, 10).Select(i => Event(i, "0123456789"))], default));

        await using var state = await OpenAsync();
        (await state.ReadOutboxAsync(0, 3, 1_000, default)).Select(item => item.Sequence).Should().Equal(8, 9, 10);
        (await state.ReadOutboxAsync(10, 100, 25, default)).Select(item => item.Sequence).Should().Equal(11, 12);
        (await state.ReadOutboxAsync(16, 100, 5, default)).Select(item => item.Sequence).Should().Equal(17);
        (await state.ReadOutboxAsync(17, 100, 1_000, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task Only_events_up_to_the_confirmed_one_leave_the_outbox()
    {
        await CommitAsync(transaction => transaction.AppendEventsAsync([.. Enumerable.Range(1, 5).Select(i => Event(i, $"{i}"))], default));

        await using var state = await OpenAsync();
        await state.ConfirmAsync(3, default);

        (await OutboxAsync(state)).Select(item => item.Sequence).Should().Equal(4, 5);
        (await state.CountOutboxAsync(default)).Should().Be(2);
    }

    [Fact]
    public async Task Write_backs_are_due_when_their_events_have_left_the_outbox()
    {
        await CommitAsync(async transaction =>
        {
            await transaction.AppendEventsAsync([Event(1, "staff"), Event(2, "ada"), Event(3, "end")], default);
            await transaction.AppendWriteBacksAsync(
                [new StoredWriteBack(2, "after ada"u8.ToArray()), new StoredWriteBack(1, "after staff"u8.ToArray())], default);
            await transaction.AppendWriteBacksAsync([new StoredWriteBack(2, "after all"u8.ToArray())], default);
        });

        await using var state = await OpenAsync();
        (await state.ReadDueWriteBacksAsync(10, default)).Should().BeEmpty();
        await state.ConfirmAsync(1, default);
        var due = (await state.ReadDueWriteBacksAsync(10, default)).Should().ContainSingle().Subject;
        Text(due.Body).Should().Be("after staff");
        await state.RemoveWriteBacksAsync([due.Number], default);
        (await state.ReadDueWriteBacksAsync(10, default)).Should().BeEmpty();
        await state.ConfirmAsync(3, default);
        (await state.ReadDueWriteBacksAsync(10, default)).Select(item => Text(item.Body)).Should().Equal("after ada", "after all");
        (await state.ReadDueWriteBacksAsync(1, default)).Should().ContainSingle();
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
    public async Task A_second_server_is_told_once_and_waits_until_the_first_one_ends()
    {
        var reasons = new List<string>();
        var first = await OpenAsync();
        var second = Store.OpenAsync(new StateOpening(TimeProvider.System, reasons.Add), default).AsTask();

        second.IsCompleted.Should().BeFalse();
        reasons.Should().ContainSingle().Which.Should().Contain("in use by another server");
        await first.DisposeAsync();
        await using var state = await second;
        state.Term.Should().BeGreaterThan(first.Term);
        reasons.Should().ContainSingle();
    }

    [Fact]
    public async Task The_wait_for_a_held_state_can_be_ended()
    {
        await using var first = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var second = Store.OpenAsync(new StateOpening(TimeProvider.System, _ => { }), stop.Token).AsTask();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => second).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Who_lost_the_state_can_write_no_more()
    {
        await using var old = await OpenAsync();
        await using (var before = await old.BeginAsync(default))
        {
            await before.AppendEventsAsync([Event(1, "one")], default);
            await before.CommitAsync(Header, default);
        }

        BreakHold();
        await using var current = await OpenAsync();
        current.Term.Should().BeGreaterThan(old.Term);
        await using (var late = await old.BeginAsync(default))
        {
            await late.AppendEntriesAsync("Users", [Row(1, "late")], default);
            await FluentActions.Awaiting(async () => await late.CommitAsync(Header, default))
                .Should().ThrowAsync<ServerStateException>().WithMessage("Another server took over*");
        }

        await FluentActions.Awaiting(async () => await old.ConfirmAsync(1, default)).Should().ThrowAsync<ServerStateException>();
        old.Lost.IsCancellationRequested.Should().BeTrue();
        current.Lost.IsCancellationRequested.Should().BeFalse();
        (await ContentsAsync(current, "Users")).Should().BeEmpty();
        await current.ConfirmAsync(1, default);
        (await current.CountOutboxAsync(default)).Should().Be(0);
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

    private static Hash128 Hash(int number) => new(ulong.MaxValue - (ulong)number, (ulong)number);

    private static Hash128 Print(string text) => new((ulong)text.Length << 60, text[0]);

    private static StoredRow Row(int id, string content) => new(id, Hash(id), Print(content), Encoding.UTF8.GetBytes(content));

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

    private static OutboxEvent Event(long sequence, string body) => new(sequence, "base", "added", Time, Encoding.UTF8.GetBytes(body));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static ValueTask<IReadOnlyList<OutboxEvent>> OutboxAsync(IServerState state) => state.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, default);

    private static async Task<List<string>> ContentsAsync(IServerState state, string type) =>
        await state.ReadEntriesAsync(type, default).SelectMany(batch => batch).Select(entry => Text(entry.Content)).ToListAsync();

    private ValueTask<IServerState> OpenAsync() =>
        Store.OpenAsync(new StateOpening(TimeProvider.System, reason => throw new InvalidOperationException(reason)), default);

    private async Task CommitAsync(Func<IServerStateTransaction, ValueTask> change)
    {
        await using var state = await OpenAsync();
        await using var transaction = await state.BeginAsync(default);
        await change(transaction);
        await transaction.CommitAsync(Header, default);
    }
}

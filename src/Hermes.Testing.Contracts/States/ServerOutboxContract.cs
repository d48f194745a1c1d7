using Hermes.ServerRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a server's state does with the outbox and the write-backs. Inherit it and make a store.</summary>
public abstract class ServerOutboxContract : ServerStateSuite
{
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
}

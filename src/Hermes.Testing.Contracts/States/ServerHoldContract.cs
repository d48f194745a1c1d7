using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>How every store of a server's state keeps two servers apart. Inherit it and make a store.</summary>
public abstract class ServerHoldContract : ServerStateSuite
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    /// <summary>Lets the next server open the state although one holds it, as when the one was thought dead.</summary>
    protected abstract void BreakHold();

    [Fact]
    public async Task A_second_server_is_told_once_and_waits_until_the_first_one_ends()
    {
        var reasons = new List<string>();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = await OpenAsync();
        var second = Store.OpenAsync(new StateOpening(TimeProvider.System, Tell), default).AsTask();

        await told.Task.WaitAsync(Bound);
        second.IsCompleted.Should().BeFalse();
        reasons.Should().ContainSingle().Which.Should().Contain("in use by another server");
        await first.DisposeAsync();
        await using var state = await second;
        state.Term.Should().BeGreaterThan(first.Term);
        reasons.Should().ContainSingle();

        void Tell(string reason)
        {
            reasons.Add(reason);
            told.TrySetResult();
        }
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
            // A state may find it out with any write; with the commit it must.
            var write = async () =>
            {
                await late.AppendEntriesAsync("Users", [Row(1, "late")], default);
                await late.CommitAsync(Header, default);
            };
            await write.Should().ThrowAsync<ServerStateException>().WithMessage("Another server took over*");
        }

        await FluentActions.Awaiting(async () => await old.ConfirmAsync(1, default)).Should().ThrowAsync<ServerStateException>();
        old.Lost.IsCancellationRequested.Should().BeTrue();
        current.Lost.IsCancellationRequested.Should().BeFalse();
        (await ContentsAsync(current, "Users")).Should().BeEmpty();
        await current.ConfirmAsync(1, default);
        (await current.CountOutboxAsync(default)).Should().Be(0);
    }
}

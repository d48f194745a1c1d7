using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.State;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Testing.Contracts.States;

/// <summary>How every store of a client's state keeps two clients apart. Inherit it and make a store.</summary>
public abstract class ClientHoldContract : ClientStateSuite
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    /// <summary>Lets another one open the state although it is open: as if the one who has it open had been taken for dead.</summary>
    protected abstract void LoseHold();

    [Fact]
    public async Task A_second_client_waits_says_so_once_and_gets_the_state_when_the_first_one_leaves_it()
    {
        var time = new FakeTimeProvider();
        var told = new List<string>();
        var isTold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = await OpenAsync();
        var second = Store.OpenAsync(new StateOpening(time, Tell), default).AsTask();
        await isTold.Task.WaitAsync(Bound);
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
        told.Should().ContainSingle();

        void Tell(string reason)
        {
            told.Add(reason);
            isTold.TrySetResult();
        }
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
            await first.CommitAsync(ClientProgress.None with { Next = new BusOffset(5) }, ClientStateContract.Setup(), default);
        };
        await commit.Should().ThrowAsync<ClientStateException>().WithMessage("Another client took over*");
        first.Lost.IsCancellationRequested.Should().BeTrue();
        second.Lost.IsCancellationRequested.Should().BeFalse();
        await ShouldHoldOnlyTheFirstAsync(second);
        await second.WriteAsync(Changes([new(Users, StoredEntry.Settled(Key(2), Live("by the second")))]), default);
        await second.CommitAsync(ClientProgress.None, null, default);
        (await FindAsync(second, Users, Key(2))).Applied.Should().Be(Live("by the second"));
    }
}

using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Tests;

/// <summary>Whatever takes long is done in slices: events, requests and a pause come between. Each call of the target takes ten milliseconds of the clock.</summary>
public sealed class DeskTests : ClientTest
{
    private const int Waiting = 3000;
    private const int CallsPerSlice = 10;

    private static readonly TimeSpan PerCall = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task A_new_event_comes_after_at_most_one_slice_of_a_pass()
    {
        var target = await FailingAsync(Waiting);
        var newCall = 0;
        target.Visit = async (change, call) =>
        {
            Harness.Time.Advance(PerCall);
            if (call == 50)
            {
                await Harness.SendAsync(Campus.Group("g", "Maths"));
                await target.Bus.TakenAsync((await Harness.Bus.CreateConsumer().GetLastOffsetAsync(default))!.Value);
            }

            if (change.Type == "Groups")
                newCall = call;
        };
        target.Begin();

        await Harness.Control.RetryAllAsync();

        newCall.Should().BeInRange(51, 51 + CallsPerSlice);
        target.Calls.Should().Be(Waiting + 1);
    }

    [Fact]
    public async Task A_request_is_answered_after_at_most_one_slice_of_a_pass()
    {
        var target = await FailingAsync(Waiting);
        var answer = Task.FromResult(0);
        target.Visit = (_, call) =>
        {
            Harness.Time.Advance(PerCall);
            if (call == 50)
                answer = TriedAsync();
            return Task.CompletedTask;
        };
        target.Begin();

        await Harness.Control.RetryAllAsync();

        (await answer).Should().BeInRange(50, 50 + CallsPerSlice);

        async Task<int> TriedAsync() => (await Harness.Control.ListErrorQueueAsync()).Items.Count(queued => queued.Attempts == 2);
    }

    [Fact]
    public async Task A_pass_costs_one_commit_per_slice()
    {
        var target = await FailingAsync(1000);
        target.Visit = (_, _) =>
        {
            Harness.Time.Advance(TimeSpan.FromMilliseconds(1));
            return Task.CompletedTask;
        };
        target.Begin();
        var before = Harness.State.Commits;

        await Harness.Control.RetryAllAsync();

        // Few at first, until it is known how many calls fit into a slice; and one at the end.
        (Harness.State.Commits - before).Should().BeLessThanOrEqualTo(10 + 5);
    }

    [Fact]
    public async Task A_pause_ends_a_pass_after_the_call_in_flight()
    {
        var target = await FailingAsync(100);
        var pause = Task.CompletedTask;
        var paused = new TaskCompletionSource();
        target.Visit = (_, call) =>
        {
            if (call == 50)
            {
                pause = Harness.Control.PauseAsync();
                paused.SetResult();
            }

            return Task.CompletedTask;
        };
        target.Begin();
        var retry = Harness.Control.RetryAllAsync();
        await paused.Task;
        await pause;

        await Harness.Control.CountEntriesAsync();
        target.Calls.Should().Be(50);
        retry.IsCompleted.Should().BeFalse();
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().OnlyContain(queued => !queued.IsInFlight);
        await Harness.Control.ResumeAsync();
        await retry;
        target.Calls.Should().Be(100);
    }

    [Fact]
    public async Task A_pause_ends_a_batch_after_the_call_in_flight()
    {
        var target = new SlowTarget();
        var pause = Task.CompletedTask;
        var paused = new TaskCompletionSource();
        target.Visit = (_, call) =>
        {
            if (call == 50)
            {
                pause = Harness.Control.PauseAsync();
                paused.SetResult();
            }

            return Task.CompletedTask;
        };
        await Harness.StartAsync(target, client => client.Model());
        await Harness.SendInitSyncAsync(Campus.Schema, Enumerable.Range(1, 100).Select(id => Campus.User($"{id}", "ada")));
        await paused.Task;
        await pause;

        await Harness.Control.CountEntriesAsync();
        target.Calls.Should().Be(50);
        await Harness.Control.ResumeAsync();
        await Harness.AppliedAsync();
        target.Calls.Should().Be(100);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_paused_client_neither_retries_nor_purges()
    {
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromHours(1));
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Fail(change => change.Key == EntryKey.Of("2"));
        await Harness.SendAsync(Campus.User("2", "eve"));
        await Harness.AppliedAsync();
        await Harness.Control.PauseAsync();
        var calls = Target.Calls.Count;
        var saves = Target.Saves;

        Harness.Time.Advance(TimeSpan.FromDays(1));
        await Harness.Control.CountEntriesAsync();
        await Harness.Control.CountEntriesAsync();
        Target.Calls.Should().HaveCount(calls);
        Target.Saves.Should().Be(saves);
        await Harness.Control.Invoking(control => control.RetryAllAsync()).Should().ThrowAsync<ArgumentException>().WithMessage("*is paused*");
        await Harness.Control.Invoking(control => control.PurgeAsync("SRVUsers", EntryKey.Of("1"))).Should().ThrowAsync<ArgumentException>();

        await Harness.Control.ResumeAsync();
        await Harness.AppliedAsync();
        Applied.Should().Contain("Removed Users[1]");
        Target.Calls.Should().HaveCount(calls + 2);
    }

    [Fact]
    public async Task A_stop_between_two_events_of_a_batch_delivers_nothing_again()
    {
        var target = new SlowTarget();
        var stopped = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        target.Visit = async (_, call) =>
        {
            Harness.Time.Advance(PerCall);
            if (call != 50)
                return;
            stopped.SetResult(Harness.Control.StopAsync());
            while (!target.Token.IsCancellationRequested)
                await Task.Yield();
        };
        await Harness.StartAsync(target, client => client.Model());
        await Harness.SendInitSyncAsync(Campus.Schema, Enumerable.Range(1, 100).Select(id => Campus.User($"{id}", "ada")));
        await await stopped.Task;
        await Harness.StopAsync();
        var before = target.Calls;

        await StartAsync();
        await Harness.AppliedAsync();

        (before + Target.Calls.Count).Should().Be(100);
        Target.Calls.Where(call => call.IsRedelivery).Should().BeEmpty();
    }

    // So many additions of users wait, each tried once. The target goes on failing.
    private async Task<SlowTarget> FailingAsync(int count)
    {
        var target = new SlowTarget { Refused = "Users", Bus = new WatchedBus(Harness.Bus.CreateConsumer()) };
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.StartAsync(target, client => client.Model().UseBus(_ => target.Bus));
        await Harness.SendAsync(Enumerable.Range(1, count).Select(id => Campus.User($"{id}", "ada")));
        await Harness.AppliedAsync();
        return target;
    }

    private sealed class SlowTarget : IClientTarget
    {
        public WatchedBus Bus { get; init; } = null!;

        public string Refused { get; init; } = "";

        public int Calls { get; private set; }

        public Func<TargetChange, int, Task> Visit { get; set; } = (_, _) => Task.CompletedTask;

        public CancellationToken Token { get; private set; }

        public void Begin() => Calls = 0;

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            await Visit(change, ++Calls);
            if (change.Type == Refused)
                throw new TargetException("refused", FaultKind.Permanent);
        }
    }

    /// <summary>A bus that tells up to where the client has taken its messages.</summary>
    private sealed class WatchedBus(IMessageBusConsumer inner) : IMessageBusConsumer
    {
        private readonly Lock _gate = new();
        private readonly List<(BusOffset Offset, TaskCompletionSource Taken)> _waiting = [];
        private BusOffset? _taken;

        public Task TakenAsync(BusOffset offset)
        {
            lock (_gate)
            {
                if (_taken >= offset)
                    return Task.CompletedTask;
                var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((offset, waiting));
                return waiting.Task;
            }
        }

        public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => inner.GetLastOffsetAsync(cancellationToken);

        public async IAsyncEnumerable<ReceivedMessage> ReadAsync(
            BusPosition start, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var message in inner.ReadAsync(start, cancellationToken))
            {
                yield return message;
                lock (_gate)
                {
                    _taken = message.Offset;
                    foreach (var (_, taken) in _waiting.Where(waiting => waiting.Offset <= message.Offset))
                        taken.TrySetResult();
                }
            }
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Testing.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Control;

/// <summary>Whatever the client is doing, a request is answered, or refused with the reason.</summary>
public sealed class AvailabilityTests : ClientTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Before_the_start_requests_are_refused()
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddHermesClient("portal", client => client.Model().UseInMemoryBus(Harness.Bus).UseInMemoryState(Harness.State).ToRecording(Target))
            .BuildServiceProvider();
        var control = services.GetRequiredService<IHermesClientControl>();

        Func<Task>[] requests =
        [
            () => control.ListErrorQueueAsync(), () => control.PauseAsync(), () => control.ResumeAsync(), () => control.RetryAllAsync(), () => control.WhenCaughtUpAsync(),
        ];
        foreach (var request in requests)
            await request.Should().ThrowAsync<NotRunningException>().WithMessage("*client portal is not running: it was not started yet*");
    }

    [Fact]
    public async Task While_another_holds_the_state_requests_are_refused_and_a_pause_is_kept()
    {
        await using var first = new ClientHarness();
        await first.StartAsync(client => client.Model().UseInMemoryState(Harness.State).ToRecording(new RecordingTarget()));
        await first.Control.CountEntriesAsync();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        while (Harness.Control.Status.State != RunState.WaitingForState)
            await Task.Yield();

        await Harness.Control.Invoking(control => control.ListErrorQueueAsync()).Should().ThrowAsync<NotRunningException>().WithMessage("*in use by another client*");
        await Harness.Control.PauseAsync();
        await first.StopAsync();
        while (Harness.Control.Status.State == RunState.WaitingForState)
        {
            Harness.Time.Advance(Patience);
            await Task.Yield();
        }

        await Harness.Control.CountEntriesAsync();
        Target.Calls.Should().BeEmpty();
        await Harness.Control.ResumeAsync();
        await Harness.AppliedAsync();
        Target.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task While_the_bus_is_down_requests_are_answered_from_the_state_or_refused()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        Target.Fail();
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        var bus = new DeadBus();
        await Harness.StartAsync(Target, client => client.Model().UseBus(_ => bus));
        await bus.Asked;
        try
        {
            (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle();
        }
        catch (NotRunningException refusal)
        {
            // Asked in the very moment in which the bus failed.
            refusal.Message.Should().Contain("The bus is down.");
            (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle("the state is open, and nothing else is done until the next attempt");
        }
    }

    [Fact]
    public async Task A_new_client_whose_bus_is_down_answers_or_says_so()
    {
        var bus = new DeadBus();
        await Harness.StartAsync(Target, client => client.Model().UseBus(_ => bus));
        await bus.Asked;
        try
        {
            (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        }
        catch (NotRunningException refusal)
        {
            refusal.Message.Should().Contain("The bus is down.");
        }
    }

    [Fact]
    public async Task While_the_target_does_not_start_requests_are_refused_in_time()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var target = new HangingTarget { HangsAtStart = true };
        await Harness.StartAsync(target, client => client.Model());
        await target.Hangs;
        var asked = Harness.Control.ListErrorQueueAsync();

        Harness.Time.Advance(Patience);

        await asked.Invoking(task => task).Should().ThrowAsync<NotRunningException>().WithMessage("*it is starting*");
    }

    [Fact]
    public async Task While_a_call_hangs_requests_are_refused_in_time_and_a_pause_is_kept()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "eve"));
        var target = new HangingTarget();
        await Harness.StartAsync(target, client => client.Model());
        await target.Hangs;
        var (asked, paused) = (Harness.Control.ListErrorQueueAsync(), Harness.Control.PauseAsync());

        Harness.Time.Advance(Patience);

        await asked.Invoking(task => task).Should().ThrowAsync<NotRunningException>().WithMessage("*a call of the target is in flight*");
        await paused;
        target.GoOn();
        await Harness.Control.CountEntriesAsync();
        target.Calls.Should().Be(1);
    }

    private sealed class HangingTarget : IClientTarget
    {
        private readonly TaskCompletionSource _hangs = new();
        private readonly TaskCompletionSource _goOn = new();

        public bool HangsAtStart { get; init; }

        public int Calls { get; private set; }

        public Task Hangs => _hangs.Task;

        public void GoOn() => _goOn.SetResult();

        public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken) =>
            HangsAtStart ? HangAsync(cancellationToken) : ValueTask.CompletedTask;

        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            Calls++;
            return HangAsync(cancellationToken);
        }

        private async ValueTask HangAsync(CancellationToken cancellationToken)
        {
            _hangs.TrySetResult();
            await _goOn.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class DeadBus : IMessageBusConsumer
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => throw Dead();

        public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (start != default)
                throw Dead();
            yield break;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private BusException Dead()
        {
            _asked.TrySetResult();
            return new BusException("The bus is down.", FaultKind.Transient);
        }
    }
}

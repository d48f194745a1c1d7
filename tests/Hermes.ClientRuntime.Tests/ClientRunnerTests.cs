using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Control;
using Hermes.Runtime.State;
using Hermes.Testing.Notifications;

namespace Hermes.ClientRuntime.Tests;

public sealed class ClientRunnerTests : ClientTest
{
    [Fact]
    public async Task A_bus_that_fails_is_told_once_and_asked_again_until_it_works()
    {
        var notifier = new RecordingNotifier();
        Harness.Notifier = notifier;
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var bus = new FailingConsumer(Harness.Bus.CreateConsumer());
        await StartAsync(model: client => client.Model().UseBus(_ => bus));

        for (var failures = 3; failures > 0; failures--)
        {
            await bus.Failed.Reader.ReadAsync();
            while (Harness.Control.Status.State != RunState.Retrying || Harness.Clock.WaitingTimers == 0)
                await Task.Yield();
            bus.IsDown = failures > 1;
            Harness.Time.Advance(TimeSpan.FromMinutes(5));
        }

        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]");
        notifier.About(NotificationTopic.Failure).Select(told => told.IsOver).Should().Equal(false, true);
        Harness.Control.Status.LastError.Should().BeNull();
    }

    [Fact]
    public async Task A_state_that_another_client_holds_is_waited_for()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var other = await Harness.State.OpenAsync(new StateOpening(Harness.Time, _ => { }), default);
        await StartAsync();
        await UntilToldAsync("in use by another client");
        Harness.Control.Status.State.Should().Be(RunState.WaitingForState);
        Harness.Time.Advance(TimeSpan.FromMinutes(1));
        Applied.Should().BeEmpty();

        await other.DisposeAsync();
        await UntilRunningAsync(TimeSpan.FromSeconds(1));
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]");
        Harness.Control.Status.LastError.Should().BeNull();
    }

    [Fact]
    public async Task A_client_whose_state_another_one_took_over_stops_its_work_and_waits_for_its_turn()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await Harness.AppliedAsync();
        Harness.State.Abandon();
        var other = await Harness.State.OpenAsync(new StateOpening(Harness.Time, _ => { }), default);
        await UntilToldAsync("Another client took over");
        await Harness.SendAsync(Campus.User("2", "bob"));
        Harness.Time.Advance(TimeSpan.FromMinutes(5));
        await UntilToldAsync("in use by another client");
        Applied.Should().Equal("Added Users[1]");

        await other.DisposeAsync();
        await UntilRunningAsync(TimeSpan.FromSeconds(1));
        await Harness.AppliedAsync();
        Applied.Should().Equal("Added Users[1]", "Added Users[2]");
    }

    private async Task UntilToldAsync(string reason)
    {
        while (Harness.Clock.WaitingTimers == 0 || Harness.Control.Status is not { } status || !$"{status.WaitsFor} {status.LastError}".Contains(reason, StringComparison.Ordinal))
            await Task.Yield();
    }

    private async Task UntilRunningAsync(TimeSpan step)
    {
        while (Harness.Control.Status.State is not (RunState.Working or RunState.Waiting))
        {
            Harness.Time.Advance(step);
            await Task.Yield();
        }
    }

    private sealed class FailingConsumer(IMessageBusConsumer inner) : IMessageBusConsumer
    {
        public bool IsDown { get; set; } = true;

        public System.Threading.Channels.Channel<bool> Failed { get; } = System.Threading.Channels.Channel.CreateUnbounded<bool>();

        public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => inner.GetLastOffsetAsync(cancellationToken);

        public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                Failed.Writer.TryWrite(true);
                throw new BusException("The bus is down.", FaultKind.Transient);
            }

            await foreach (var message in inner.ReadAsync(start, cancellationToken))
                yield return message;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
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

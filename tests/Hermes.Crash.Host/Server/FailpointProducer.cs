using Hermes.Abstractions.Buses;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Host.Server;

internal sealed class FailpointProducer(IMessageBusProducer inner, Hang hang) : IMessageBusProducer
{
    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeSend);
        await hang.AsTold(Hang.DeafBus, cancellationToken);
        if (Failpoint.IsArmed(ServerFailpoints.HalfSent))
        {
            await inner.SendAsync([.. messages.Take((messages.Count + 1) / 2)], cancellationToken);
            Failpoint.Hit(ServerFailpoints.HalfSent);
        }

        await inner.SendAsync(messages, cancellationToken);
        Failpoint.Hit(ServerFailpoints.AfterSend);
    }

    public bool IsConnected => inner.IsConnected;

    public IMessageBusConsumer OpenReader() => inner.OpenReader();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

using Hermes.Abstractions.Buses;
using Hermes.Testing.Buses;

namespace Hermes.ServerRuntime.Tests.Outbox;

internal sealed class FaultyBus(InMemoryBus bus) : IMessageBusProducer
{
    private readonly IMessageBusProducer _inner = bus.CreateProducer();
    private Fault _fault = new();

    public bool RefusesAfterwards { init => _fault = new Fault { RefusesAfterwards = value }; }

    public bool HasFailed => _fault.HasFailed;

    public void FailAt(FaultPoint point, int nth) => _fault.FailAt(point, nth);

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        _fault.Pass(FaultPoint.BeforeSend);
        await _inner.SendAsync(messages, cancellationToken);
        _fault.Pass(FaultPoint.AfterSend);
    }

    public bool IsConnected => _inner.IsConnected;

    public IMessageBusConsumer OpenReader() => _inner.OpenReader();

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}

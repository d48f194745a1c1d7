using Hermes.Abstractions.Buses;
using Hermes.Testing.Buses;
using Hermes.Testing.Contracts.Buses;

namespace Hermes.Testing.Tests.Buses;

internal sealed class InMemoryTestBus : IRetainingTestBus
{
    private readonly InMemoryBus _bus = new();

    public IMessageBusProducer CreateProducer() => _bus.CreateProducer();

    public IMessageBusConsumer CreateConsumer() => _bus.CreateConsumer();

    public Task RemoveFirstMessageAsync()
    {
        _bus.RemoveBefore(_bus.Messages[0].Offset.Next);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using Hermes.Abstractions.Buses;
using Hermes.Testing.Buses;
using Hermes.Testing.Contracts.Buses;

namespace Hermes.Testing.Tests.Buses;

internal sealed class InMemoryTestBus : IRetainingTestBus
{
    private readonly InMemoryBus bus = new();

    public IMessageBusProducer CreateProducer() => bus.CreateProducer();

    public IMessageBusConsumer CreateConsumer() => bus.CreateConsumer();

    public Task RemoveFirstMessageAsync()
    {
        bus.RemoveBefore(bus.Messages[0].Offset.Next);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Buses;

internal sealed class InMemoryProducer(InMemoryBus bus) : IMessageBusProducer
{
    public Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        try
        {
            bus.Append(messages);
            IsConnected = true;
            return Task.CompletedTask;
        }
        catch (BusException exception)
        {
            return Task.FromException(exception);
        }
    }

    public bool IsConnected { get; private set; }

    public IMessageBusConsumer OpenReader() => bus.CreateConsumer();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

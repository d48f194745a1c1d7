using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Buses;

internal sealed class InMemoryConsumer(InMemoryBus bus) : IMessageBusConsumer
{
    public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => new(bus.LastOffset());

    public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => new(bus.Incarnation);

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = start.Offset;
        while (true)
        {
            var (messages, news) = bus.Read(next);
            foreach (var message in messages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
                next = message.Offset.Next;
            }

            if (messages.Count == 0)
                await news.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

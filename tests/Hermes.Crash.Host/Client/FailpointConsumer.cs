using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Host.Client;

internal sealed class FailpointConsumer(IMessageBusConsumer inner, Hang hang) : IMessageBusConsumer
{
    public async ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken)
    {
        var last = await inner.GetLastOffsetAsync(cancellationToken);
        Failpoint.Hit(ClientFailpoints.LastOffset);
        return last;
    }

    public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => inner.GetIncarnationAsync(cancellationToken);

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.BeforeRead);
        await hang.AsTold(Hang.DeafBus, cancellationToken);
        await foreach (var message in inner.ReadAsync(start, cancellationToken))
        {
            Failpoint.Hit(ClientFailpoints.ReadMessage);
            yield return message;
        }
    }

    public async IAsyncEnumerable<ReceivedMessage> SearchAsync(
        ReadOnlyMemory<byte> part, BusOffset last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.BeforeRead);
        await hang.AsTold(Hang.DeafBus, cancellationToken);
        await foreach (var message in inner.SearchAsync(part, last, cancellationToken))
        {
            Failpoint.Hit(ClientFailpoints.ReadMessage);
            yield return message;
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

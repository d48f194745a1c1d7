using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Control;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>Does long work a slice at a time: each is committed, and requests are answered between two of them.</summary>
internal sealed class Slices(ClientSession session, IMessageBusConsumer bus, ClientSurface surface)
{
    public async ValueTask RunAsync(IAsyncEnumerable<int> slices, CancellationToken cancellationToken)
    {
        await foreach (var _ in slices)
        {
            await session.CommitAsync();
            cancellationToken.ThrowIfCancellationRequested();
            await surface.Mailbox.ServeAsync(new ClientWork(null, session, bus), cancellationToken);
        }

        await session.CommitAsync();
    }
}

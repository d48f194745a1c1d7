using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.WriteBack;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Finishes what an earlier run left: sends what is in the outbox, and executes the write-backs that are due.</summary>
internal sealed class Drain(OutboxPublisher outbox, WriteBackRunner writeBacks) : IPollStep
{
    public async ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        await writeBacks.RunDueAsync(cancellationToken);
        await outbox.SendAllAsync(cancellationToken);
        await writeBacks.RunDueAsync(cancellationToken);
    }
}

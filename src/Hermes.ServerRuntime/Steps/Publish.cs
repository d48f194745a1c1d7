using Hermes.ServerRuntime.Outbox;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Sends the stored events.</summary>
internal sealed class Publish(OutboxPublisher outbox) : IPollStep
{
    public async ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken) => await outbox.SendAllAsync(cancellationToken);
}

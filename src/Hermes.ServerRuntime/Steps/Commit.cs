using Hermes.ServerRuntime.WriteBack;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Tells the sources what is on the bus: executes the write-backs that are due.</summary>
internal sealed class Commit(WriteBackRunner writeBacks) : IPollStep
{
    public async ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken) => await writeBacks.RunDueAsync(cancellationToken);
}

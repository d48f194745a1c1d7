using Hermes.Abstractions.Targets;

namespace Hermes.Benchmarks.Phases;

/// <summary>A target that costs nothing, so that what is measured is the client.</summary>
internal sealed class NoOpTarget : IClientTarget
{
    public long Applied { get; private set; }

    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        Applied++;
        return ValueTask.CompletedTask;
    }
}

using Hermes.Abstractions.Targets;

namespace Hermes.Client.Benchmarks;

/// <summary>Takes every change and does nothing.</summary>
internal sealed class NoOpTarget : IClientTarget
{
    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

using Hermes.Diff.Polling;

namespace Hermes.ServerRuntime.Guard;

/// <summary>What becomes of the removals of a poll.</summary>
/// <param name="Released">They go out.</param>
/// <param name="Held">They wait for a decision.</param>
/// <param name="Rejected">They were rejected before.</param>
/// <param name="Sets">Those held, by type.</param>
internal sealed record GuardVerdict(
    IReadOnlyList<RemovedEntry> Released, IReadOnlyList<RemovedEntry> Held, IReadOnlyList<RemovedEntry> Rejected, IReadOnlyList<HeldSet> Sets)
{
    public static GuardVerdict None { get; } = new([], [], [], []);
}

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

    /// <summary>What becomes of attributes that vanish.</summary>
    public AttributeVerdict Attributes { get; init; } = AttributeVerdict.None;

    /// <summary>All that waits for a decision.</summary>
    public IReadOnlyList<HeldSet> AllHeld => [.. Sets, .. Attributes.Held];

    /// <summary>All that was rejected before.</summary>
    public IReadOnlyList<HeldSet> AllRejected =>
    [
        .. Rejected.GroupBy(removal => removal.Type).OrderBy(type => type.Key.Index).Select(type => HeldSet.Of(type, mustBeApproved: false)),
        .. Attributes.Rejected,
    ];

    /// <summary>How many removals, and how many values that vanished, do not go out.</summary>
    public int Count => Held.Count + Rejected.Count + Attributes.Count;
}

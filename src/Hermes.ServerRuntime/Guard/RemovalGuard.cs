using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;

namespace Hermes.ServerRuntime.Guard;

/// <summary>
/// Holds removals back that are too many to be believed. If one type's are, all removals of that poll wait: children must not leave before
/// it is known whether their parents do. Decisions are kept for the running process; after a restart it is asked again.
/// </summary>
internal sealed class RemovalGuard(RemovalGuardSettings? settings)
{
    private HashSet<(int Type, Hash128 Key)> _awaiting = [];
    private HashSet<(int Type, Hash128 Key)> _approved = [];
    private HashSet<(int Type, Hash128 Key)> _rejected = [];

    /// <summary>Whether removals await a decision.</summary>
    public bool IsAwaiting => _awaiting.Count > 0;

    /// <summary>Says what would become of the removals of a poll; changes nothing.</summary>
    /// <param name="removals">All entries that are cached and that the poll did not find.</param>
    /// <param name="cached">How many entries of a type are cached.</param>
    public GuardVerdict Judge(IReadOnlyList<RemovedEntry> removals, Func<DataType, int> cached)
    {
        var rejected = removals.Where(removal => _rejected.Contains(Identity(removal))).ToList();
        var open = rejected.Count == 0 ? removals : [.. removals.Where(removal => !_rejected.Contains(Identity(removal)))];
        var waits = settings is not null
            && open.Any(removal => !_approved.Contains(Identity(removal)))
            && open.CountBy(removal => removal.Type).Any(type => GuardRule.IsTooMany(settings, type.Value, cached(type.Key)));
        return waits ? new GuardVerdict([], open, rejected) : new GuardVerdict(open, [], rejected);
    }

    /// <summary>Takes note that a poll was stored as judged.</summary>
    public void Remember(GuardVerdict verdict)
    {
        _awaiting = [.. verdict.Held.Select(removal => Identity(removal))];
        _rejected = [.. verdict.Rejected.Select(removal => Identity(removal))];
        _approved = [];
    }

    /// <summary>Lets the removals that await a decision go out with the next poll.</summary>
    public void Approve()
    {
        _approved = _awaiting;
        _awaiting = [];
    }

    /// <summary>Keeps the entries whose removal awaits a decision.</summary>
    public void Reject()
    {
        _rejected.UnionWith(_awaiting);
        _awaiting = [];
    }

    /// <summary>What tells an entry from all others of the server.</summary>
    private static (int Type, Hash128 Key) Identity(RemovedEntry removal) => (removal.Type.Index, removal.KeyHash);
}

/// <summary>What becomes of the removals of a poll.</summary>
/// <param name="Released">They go out.</param>
/// <param name="Held">They wait for a decision.</param>
/// <param name="Rejected">They were rejected before.</param>
internal sealed record GuardVerdict(
    IReadOnlyList<RemovedEntry> Released, IReadOnlyList<RemovedEntry> Held, IReadOnlyList<RemovedEntry> Rejected)
{
    public static GuardVerdict None { get; } = new([], [], []);
}

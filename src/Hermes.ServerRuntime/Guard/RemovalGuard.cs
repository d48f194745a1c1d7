using Hermes.Diff.Polling;
using Hermes.Runtime.Guard;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Guard;

/// <summary>
/// Holds removals back that are too many to be believed. If one type's are, all removals of that poll wait: children must not leave before
/// it is known whether their parents do. What is held is found again by each poll; decisions are in the state.
/// </summary>
internal sealed class RemovalGuard(string server, GuardRule? rule, ServerSession session, TimeProvider time)
{
    private IReadOnlyList<HeldSet> _held = [];

    /// <summary>Whether a type may leave the data model with so many entries unasked.</summary>
    public bool LetsGo(HeldSet type) =>
        rule?.HoldsRemovals(type.Keys.Count, type.Keys.Count, 0) is not true || session.Decisions.Approved.GetValueOrDefault(type.Type)?.Digest == type.Digest;

    /// <summary>Says what would become of the removals of a poll; changes nothing.</summary>
    /// <param name="removals">All entries that are cached and that the poll did not find.</param>
    /// <param name="poll">The poll.</param>
    public GuardVerdict Judge(IReadOnlyList<RemovedEntry> removals, Poll poll)
    {
        var kept = session.Decisions.Rejected.ToDictionary(item => item.Key, item => item.Value.Unpack());
        var rejected = removals.Where(IsKept).ToList();
        var open = rejected.Count == 0 ? removals : [.. removals.Where(removal => !IsKept(removal))];
        if (rule is null || !open.GroupBy(removal => removal.Type).Any(type => IsTooMany(type.Key, type.Count())))
            return new GuardVerdict(open, [], rejected, []);

        var sets = open.GroupBy(removal => removal.Type).OrderBy(type => type.Key.Index).Select(SetOf).ToList();
        return sets.Any(set => set.MustBeApproved) ? new GuardVerdict([], open, rejected, sets) : new GuardVerdict(open, [], rejected, []);

        bool IsKept(RemovedEntry removal) => kept.TryGetValue(removal.Type.Name, out var keys) && keys.Contains(removal.KeyHash);

        bool IsTooMany(Diff.Model.DataType type, int count)
        {
            var changes = poll[type].Changes;
            return rule!.HoldsRemovals(count, changes.Cached, changes.Cached + changes.Comparison.Added - count);
        }

        HeldSet SetOf(IGrouping<Diff.Model.DataType, RemovedEntry> type)
        {
            var set = HeldSet.Of(type, IsTooMany(type.Key, type.Count()));
            return set with { MustBeApproved = set.MustBeApproved && session.Decisions.Approved.GetValueOrDefault(type.Key.Name)?.Digest != set.Digest };
        }
    }

    /// <summary>Takes note of what a stored poll holds.</summary>
    public void Remember(GuardVerdict verdict) => _held = verdict.AllHeld;

    /// <summary>Lets a set of removals, be it of entries or of an attribute, go out with the next poll, durably.</summary>
    /// <exception cref="InvalidOperationException">Nothing of this name waits, or another set (<see cref="HeldSetChangedException"/>).</exception>
    public async Task<HeldSet> ApproveAsync(string name, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        var set = Find(name, digest);
        var approval = new ApprovedSet(digest, actor, reason, time.GetUtcNow());
        await session.DecideAsync(session.Decisions with { Approved = session.Decisions.Approved.SetItem(name, approval) }, cancellationToken);
        return set;
    }

    /// <summary>Keeps the entries of a set, or their attribute, durably.</summary>
    /// <exception cref="InvalidOperationException">Nothing of this name waits, or another set (<see cref="HeldSetChangedException"/>).</exception>
    public async Task<HeldSet> RejectAsync(string name, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        var set = Find(name, digest);
        var before = session.Decisions.Rejected.GetValueOrDefault(name)?.Unpack() ?? [];
        var rejection = new RejectedSet(RejectedSet.Pack(before.Union(set.Keys)), actor, reason, time.GetUtcNow());
        await session.DecideAsync(session.Decisions with { Rejected = session.Decisions.Rejected.SetItem(name, rejection) }, cancellationToken);
        _held = [.. _held.Where(held => held != set)];
        return set;
    }

    /// <summary>The set of a name that waits; null if there is none.</summary>
    public HeldSet? FindHeld(string name)
    {
        var retained = session.Retained.Where(item => !session.Decisions.Rejected.ContainsKey(item.Set.Type)).Select(item => item.Set);
        return _held.Concat(retained).FirstOrDefault(held => held.Name == name);
    }

    private HeldSet Find(string name, string digest)
    {
        var set = FindHeld(name) ?? throw new InvalidOperationException($"No removals of {name} of the server {server} await approval.");
        return set.Digest == digest ? set : throw new HeldSetChangedException($"{name} of the server {server}", digest, set.Digest);
    }
}

using System.Collections.Immutable;
using Hermes.Diff.Diffing;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Schema;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Tells people what a poll found: in the log, in the status and to the notifiers.</summary>
internal sealed class PollReports(ServerSettings settings, ServerSession session, PollLog log, PollStatus status, PollNotices notices)
{
    public async Task TellAsync(PollReport report, GuardVerdict verdict, CancellationToken cancellationToken)
    {
        var isRejected = session.Retained.ToLookup(type => session.Decisions.Rejected.ContainsKey(type.Set.Type), Show);
        var held = (await GroupAsync(verdict.Held, verdict.Sets, cancellationToken)).AddRange(isRejected[false]);
        var rejected = (await GroupAsync(verdict.Rejected, [], cancellationToken)).AddRange(isRejected[true]);
        log.Write(report, held);
        status.Show(report, held, rejected);
        await notices.TellAsync(report, held, cancellationToken);
    }

    private static HeldRemovals Show(RetainedType type) =>
        new(type.Set.Type, type.Set.Keys.Count, new EntryList(type.Set.Keys.Count, type.First), type.Set.Digest, MustBeApproved: true);

    private async ValueTask<ImmutableArray<HeldRemovals>> GroupAsync(
        IReadOnlyList<RemovedEntry> removals, IReadOnlyList<HeldSet> sets, CancellationToken cancellationToken)
    {
        var groups = ImmutableArray.CreateBuilder<HeldRemovals>();
        foreach (var type in removals.GroupBy(removal => removal.Type).OrderBy(group => group.Key.Index))
        {
            var first = type.Take(PollNotices.MostTold).ToList();
            var contents = await session.State.ReadContentsAsync(type.Key.Name, [.. first.Select(removal => removal.Id)], cancellationToken);
            var described = first.Zip(contents, (removal, content) => settings.Describe(type.Key, removal.Key, CachedEntry.Decode(content).All));
            var entries = new EntryList(type.Count(), [.. described]);
            var digest = sets.FirstOrDefault(set => set.Type == type.Key.Name)?.Digest ?? HeldSet.DigestOf(type.Key.Name, type.Select(removal => removal.KeyHash));
            var mustBeApproved = sets.Any(set => set.Type == type.Key.Name && set.MustBeApproved);
            groups.Add(new HeldRemovals(type.Key.Name, session.Known.IndexOf(type.Key).Count, entries, digest, mustBeApproved));
        }

        return groups.ToImmutable();
    }
}

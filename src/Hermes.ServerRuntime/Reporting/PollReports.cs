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
    /// <summary>What the last poll of this run found; null before it.</summary>
    public PollReport? Last { get; private set; }

    public async Task TellAsync(PollReport report, GuardVerdict verdict, CancellationToken cancellationToken)
    {
        Last = report;
        var isRejected = session.Retained.ToLookup(type => session.Decisions.Rejected.ContainsKey(type.Set.Type), Show);
        var held = (await ShowAsync(verdict.AllHeld, cancellationToken)).AddRange(isRejected[false]);
        var rejected = (await ShowAsync(verdict.AllRejected, cancellationToken)).AddRange(isRejected[true])
            .Select(set => set with { State = HeldState.Rejected })
            .ToImmutableArray();
        log.Write(report, held);
        status.Show(report, held, rejected);
        await notices.TellAsync(report, held, cancellationToken);
    }

    private static HeldRemovals Show(RetainedType type) =>
        new(type.Set.Type, type.Set.Keys.Count, new EntryList(type.Set.Keys.Count, type.First), type.Set.Digest, MustBeApproved: true);

    /// <summary>Removals that are held back, with the first of their entries as they are cached.</summary>
    public async ValueTask<ImmutableArray<HeldRemovals>> ShowAsync(IReadOnlyList<HeldSet> sets, CancellationToken cancellationToken)
    {
        var shown = ImmutableArray.CreateBuilder<HeldRemovals>(sets.Count);
        foreach (var set in sets)
            shown.Add(await ShowAsync(set, cancellationToken));
        return shown.ToImmutable();
    }

    private async ValueTask<HeldRemovals> ShowAsync(HeldSet set, CancellationToken cancellationToken)
    {
        settings.Model.TryGetType(set.Type, out var type);
        var index = session.Known.IndexOf(type!);
        var ids = set.Keys.Take(PollNotices.MostTold).Select(key => index.TryGet(key, out _, out var id) ? id : throw new InvalidOperationException("A held entry is not cached."));
        var contents = await session.State.ReadContentsAsync(set.Type, [.. ids], cancellationToken);
        var entries = contents.Select(content => CachedEntry.Decode(content).All).Select(entry => settings.Describe(type!, type!.KeyOf(entry), entry));
        return new HeldRemovals(
            set.Type, set.Attribute is null ? index.Count : set.Before, new EntryList(set.Keys.Count, [.. entries]), set.Digest, set.MustBeApproved)
        {
            Attribute = set.Attribute,
        };
    }
}

using System.Collections.Immutable;
using Hermes.Diff.Diffing;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Tells people what a poll found: in the log, in the status and to the notifiers.</summary>
internal sealed class PollReports(ServerSettings settings, ServerSession session, PollLog log, PollStatus status, PollNotices notices)
{
    public async Task TellAsync(PollReport report, GuardVerdict verdict, CancellationToken cancellationToken)
    {
        var held = await GroupAsync(verdict.Held, cancellationToken);
        var rejected = await GroupAsync(verdict.Rejected, cancellationToken);
        log.Write(report, held);
        status.Show(report, held, rejected);
        await notices.TellAsync(report, held, cancellationToken);
    }

    private async ValueTask<ImmutableArray<HeldRemovals>> GroupAsync(IReadOnlyList<RemovedEntry> removals, CancellationToken cancellationToken)
    {
        var groups = ImmutableArray.CreateBuilder<HeldRemovals>();
        foreach (var type in removals.GroupBy(removal => removal.Type).OrderBy(group => group.Key.Index))
        {
            var first = type.Take(PollNotices.MostTold).ToList();
            var contents = await session.State.ReadContentsAsync(type.Key.Name, [.. first.Select(removal => removal.Id)], cancellationToken);
            var described = first.Zip(contents, (removal, content) => settings.Describe(type.Key, removal.Key, CachedEntry.Decode(content).All));
            groups.Add(new HeldRemovals(type.Key.Name, session.Known.IndexOf(type.Key).Count, new EntryList(type.Count(), [.. described])));
        }

        return groups.ToImmutable();
    }
}

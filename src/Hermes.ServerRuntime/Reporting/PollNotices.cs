using System.Collections.Immutable;
using Hermes.Abstractions.Notifications;
using Hermes.Diff.Polling;
using Hermes.Runtime.Notifications;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Tells the notifiers which data are wrong, which removals are held back, and whether clients get everything again.</summary>
internal sealed class PollNotices(ServerSettings settings, ServerSession session, NotificationHub notifications)
{
    /// <summary>How many entries of a kind are told at most.</summary>
    public const int MostTold = 1_000;

    public async Task TellAsync(PollReport report, ImmutableArray<HeldRemovals> held, CancellationToken cancellationToken)
    {
        await notifications.TellAsync(NotificationTopic.Resync, session.Progress.Resync is { } resync ? [resync.Reason] : [], cancellationToken);
        await notifications.TellAsync(NotificationTopic.DataErrors, [.. report.Types.SelectMany(DataErrors)], cancellationToken);
        await notifications.TellAsync(NotificationTopic.HeldRemovals, [.. held.SelectMany(Lines)], cancellationToken);
    }

    private static IEnumerable<string> Lines(HeldRemovals held) => held.Entries.First
        .Select(entry => held.Attribute is null ? $"{entry} would be removed" : $"{entry} would lose {held.Attribute}")
        .Prepend(held.ToString());

    private IEnumerable<string> DataErrors(TypeReport report) =>
    [
        .. report.BadRows.First.Take(MostTold).Select(issue => $"{settings.Describe(report.Type, issue)}: a row of source {issue.Source} cannot be used: {issue.Problem}"),
        .. report.Inconsistencies.First.Take(MostTold).Select(issue => $"{settings.Describe(report.Type, issue)}: the key stands twice in source {issue.Source}"),
        .. report.Conflicts.First.Take(MostTold).Select(issue => $"{settings.Describe(report.Type, issue)}: the sources contradict each other"),
    ];
}

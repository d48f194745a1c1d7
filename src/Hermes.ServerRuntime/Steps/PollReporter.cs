using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Runtime.Control;
using Hermes.Runtime.Notifications;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Tells people what a poll found: in the log, in the status and to the notifiers.</summary>
internal sealed class PollReporter(ServerSettings settings, ServerSession session, StatusBoard<ServerStatus> status, NotificationHub notifications, ILogger logger)
{
    private const int MostNamed = 20;
    private const int MostTold = 1_000;

    private readonly Dictionary<(string Type, string What), (int Count, string Entries)> _logged = [];

    /// <summary>Shows what is known before the first poll of this run.</summary>
    public void ShowStored()
    {
        var types = settings.Model.Types.Select(type => StatusOf(type, null)).ToImmutableArray();
        Show(types, [], []);
    }

    public async Task ReportAsync(PollReport report, GuardVerdict verdict, CancellationToken cancellationToken)
    {
        foreach (var type in report.Types)
            LogIssues(type);
        var held = Group(verdict.Held);
        var rejected = Group(verdict.Rejected);
        if (!held.IsEmpty)
            Log.RemovalsHeld(logger, settings.Name, string.Join("; ", held));
        Show([.. report.Types.Select(type => StatusOf(type.Type, type))], held, rejected);

        await notifications.TellAsync(NotificationTopic.DataErrors, [.. report.Types.SelectMany(DataErrors)], cancellationToken);
        await notifications.TellAsync(NotificationTopic.HeldRemovals, [.. held.SelectMany(Lines)], cancellationToken);
    }

    private void Show(ImmutableArray<ServerTypeStatus> types, ImmutableArray<HeldRemovals> held, ImmutableArray<HeldRemovals> rejected)
    {
        var outbox = session.State.OutboxLength;
        HermesDiagnostics.OutboxLength.Record(outbox, HermesDiagnostics.Of(settings.Name));
        foreach (var type in types)
            HermesDiagnostics.Entries.Record(type.Entries, HermesDiagnostics.Of(settings.Name, type.Name));
        status.Update(current => current with
        {
            Types = types,
            LastUpdate = session.Progress.LastUpdate,
            OutboxLength = outbox,
            AwaitingApproval = held,
            RejectedRemovals = rejected,
        });
    }

    private ServerTypeStatus StatusOf(DataType type, TypeReport? report)
    {
        var progress = session.Progress.Types.GetValueOrDefault(type.Name);
        return new ServerTypeStatus
        {
            Name = type.Name,
            Entries = session.Known.IndexOf(type).Count,
            LastAdded = progress?.LastAdded,
            LastModified = progress?.LastModified,
            LastRemoved = progress?.LastRemoved,
            Inconsistencies = ListOf(type, report?.Inconsistencies),
            Conflicts = ListOf(type, report?.Conflicts),
            MergeFiltered = ListOf(type, report?.MergeFiltered),
            IntegrityFiltered = ListOf(type, report?.IntegrityFiltered),
        };
    }

    private void LogIssues(TypeReport report)
    {
        var type = report.Type.Name;
        LogIfNew(report, "inconsistent", report.Inconsistencies, (count, entries) => Log.Inconsistent(logger, settings.Name, count, type, entries));
        LogIfNew(report, "conflicting", report.Conflicts, (count, entries) => Log.Conflicting(logger, settings.Name, count, type, entries));
        LogIfNew(report, "integrity", report.IntegrityFiltered, (count, entries) => Log.IntegrityFiltered(logger, settings.Name, count, type, entries));
        LogIfNew(report, "merge", report.MergeFiltered, (count, entries) => Log.MergeFiltered(logger, settings.Name, count, type, entries));
    }

    // A log in which every poll repeats the same entries is one that nobody reads.
    private void LogIfNew(TypeReport report, string what, IssueList issues, Action<int, string> log)
    {
        var entries = Named(report.Type, issues);
        if (_logged.GetValueOrDefault((report.Type.Name, what)) == (issues.Count, entries))
            return;
        _logged[(report.Type.Name, what)] = (issues.Count, entries);
        if (issues.Count > 0)
            log(issues.Count, entries);
    }

    private string Named(DataType type, IssueList issues) =>
        string.Join(", ", issues.First.Take(MostNamed).Select(issue => Describe(type, issue))) + (issues.Count > MostNamed ? ", ..." : "");

    private IEnumerable<string> DataErrors(TypeReport report) =>
    [
        .. report.Inconsistencies.First.Take(MostTold).Select(issue => $"{Describe(report.Type, issue)}: the key stands twice in source {issue.Source}"),
        .. report.Conflicts.First.Take(MostTold).Select(issue => $"{Describe(report.Type, issue)}: the sources contradict each other"),
    ];

    private ImmutableArray<HeldRemovals> Group(IReadOnlyList<PendingRemoval> removals) =>
    [
        .. removals.GroupBy(removal => removal.Type).OrderBy(group => group.Key.Index).Select(group => new HeldRemovals(
            group.Key.Name,
            session.Known.IndexOf(group.Key).Count,
            new EntryList(group.Count(), [.. group.Take(MostTold).Select(Describe)]))),
    ];

    private static IEnumerable<string> Lines(HeldRemovals held) => held.Entries.First.Select(entry => $"{entry} would be removed").Prepend(held.ToString());

    private EntryList ListOf(DataType type, IssueList? issues) => issues is null or { Count: 0 }
        ? EntryList.None
        : new EntryList(issues.Count, [.. issues.First.Select(issue => Describe(type, issue))]);

    private string Describe(PendingRemoval removal) => Describe(
        removal.Type, removal.Key, CachedEntry.Decode(session.Known.Read(removal.Type, removal.Id).Span).All);

    private string Describe(DataType type, EntryIssue issue) =>
        Describe(type, issue.Key, null) + (issue.Attributes.IsDefaultOrEmpty ? "" : $" in {string.Join(", ", issue.Attributes)}");

    private string Describe(DataType type, EntryKey key, Entry? entry) => ShortText.Cut(type.Describe(key, entry), settings.MaxLoggedValueLength);
}

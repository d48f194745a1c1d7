using System.Collections.Immutable;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Shows what a poll found in the status, and measures it.</summary>
internal sealed class PollStatus(ServerSettings settings, ServerSession session, StatusBoard<ServerStatus> status)
{
    private bool _isShown;

    /// <summary>Shows what is known before the first poll of this run.</summary>
    public void ShowStored()
    {
        if (!_isShown)
            Show([.. settings.Model.Types.Select(type => StatusOf(type, null))], [], []);
    }

    public void Show(PollReport report, ImmutableArray<HeldRemovals> held, ImmutableArray<HeldRemovals> rejected) =>
        Show([.. report.Types.Select(type => StatusOf(type.Type, type))], held, rejected);

    private void Show(ImmutableArray<ServerTypeStatus> types, ImmutableArray<HeldRemovals> held, ImmutableArray<HeldRemovals> rejected)
    {
        _isShown = true;
        ServerTelemetry.OutboxLength.Record(session.OutboxLength, ServerTelemetry.Of(settings.Name));
        foreach (var type in types)
            ServerTelemetry.Entries.Record(type.Entries, ServerTelemetry.Of(settings.Name, type.Name));
        status.Update(current => current with
        {
            Types = types,
            LastUpdate = session.Progress.LastUpdate,
            OutboxLength = session.OutboxLength,
            Resync = ServerResync.Of(session.Progress.Resync),
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
            BadRows = ListOf(type, report?.BadRows),
            Inconsistencies = ListOf(type, report?.Inconsistencies),
            Conflicts = ListOf(type, report?.Conflicts),
            MergeFiltered = ListOf(type, report?.MergeFiltered),
            IntegrityFiltered = ListOf(type, report?.IntegrityFiltered),
        };
    }

    private EntryList ListOf(DataType type, IssueList? issues) => issues is null or { Count: 0 }
        ? EntryList.None
        : new EntryList(issues.Count, [.. issues.First.Select(issue => settings.Describe(type, issue))]);
}

using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// Does what was decided about the rows of a report. The state takes over what the target holds; what follows is an event in the error queue, as whenever the target is
/// not as it should be, or the one that waits there already.
/// </summary>
internal sealed class RepairRun(ComparisonDesk desk, IReadableTarget target, BoundType type, RepairRequest request)
{
    private readonly EntryTable _entries = EntryTable.Local(type.Name);
    private readonly EntryProbe _probe = new(desk, target, type);
    private readonly DecidedReport _report = new(request);

    private string Reason => $"puts right what a comparison found, as {request.Actor} decided";

    public async Task<RepairOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await desk.AskAsync(_report.RequireAsync, cancellationToken);
        await desk.EachPageAsync(
            EntryTable.Report(type.Name),
            async (work, page) =>
            {
                await _report.RequireAsync(work);
                return ReportTable.Read(page).Where(request.Covers).ToDictionary(finding => finding.Key!.Value);
            },
            findings => _probe.RunAsync(
                [.. findings.Values.Select(finding => (finding.Key!.Value, finding.Link))],
                (work, entry, held) => DecideAsync(work, findings[entry.Key], entry, held),
                cancellationToken),
            cancellationToken);
        return await desk.AskAsync(_report.CompleteAsync, cancellationToken);
    }

    private async ValueTask DecideAsync(ClientWork work, Finding finding, StoredEntry entry, TargetObject? held)
    {
        var isAsCompared = await IsAsComparedAsync(work.Session, finding, entry, held);
        if (isAsCompared && request.Repair == RepairKind.Link)
            await LinkAsync(work.Session, entry, held!.Link);
        else if (isAsCompared)
            await WriteAsync(work.Session, entry, held, finding);
        await _report.PutAsync(work, finding, isAsCompared ? FindingState.Decided : FindingState.Changed);
    }

    private async ValueTask<bool> IsAsComparedAsync(ClientSession session, Finding finding, StoredEntry entry, TargetObject? held)
    {
        if ((entry.Applied ?? entry.Expected) is not { IsTrashed: false } given)
            return false;
        if (finding.Kind == FindingKind.Missing)
            return held is null && entry.Applied is not null;
        if (held is null || held.IsTrashed != finding.IsObjectTrashed || !Differences.Between(target, type, given.Entry, held).SequenceEqual(finding.Attributes))
            return false;
        return finding.Kind == FindingKind.ToLink
            ? entry.Link is null && await session.Written.FindLinkedAsync([held.Link]) is []
            : entry.Applied is not null && entry.Link == held.Link;
    }

    // As if the target had been given the entry as it is.
    private async ValueTask LinkAsync(ClientSession session, StoredEntry entry, string link)
    {
        session.Put(_entries, entry with { Applied = entry.Expected, Link = link });
        var remote = new RemoteViews(session);
        foreach (var item in session.Queue.Of(new EntryId(type.Name, entry.Key)).ToArray())
        {
            var queued = await session.ReadQueuedAsync(item);
            session.RemoveQueued(item.Number);
            session.Queue.Conflicts.Free(item.Id);
            await remote.FollowAsync(queued);
        }
    }

    private async ValueTask WriteAsync(ClientSession session, StoredEntry entry, TargetObject? held, Finding finding)
    {
        var id = new EntryId(type.Name, entry.Key);
        var remoteId = new EntryId(type.Type.RemoteType, entry.Key);
        var known = entry with { Applied = AppliedOf(session, entry, held, finding), Link = held?.Link };
        session.Put(_entries, known);
        if (held is null)
            session.Missing.Add(remoteId);
        if (session.Queue.Contains(id))
        {
            foreach (var item in session.Queue.Of(id).ToArray())
                await Replacement.TryAnewAsync(session, item, Reason);
        }
        else if (ChangePlan.EventKind(known.Applied, entry.Expected, EventSecrets.None) is { } kind)
        {
            var remote = await session.FindAsync(EntryTable.Remote(remoteId.Type), entry.Key);
            session.Enqueue(
                new LocalEvent(type.Name, entry.Key, kind, remoteId.Type, remote.Expected, entry.Expected, EventSecrets.None),
                AttemptLog.Waiting(Reason));
        }
    }

    private EntryView? AppliedOf(ClientSession session, StoredEntry entry, TargetObject? held, Finding finding)
    {
        if (held is null)
            return null;
        var view = new EntryView(Differences.AsHeld((entry.Applied ?? entry.Expected)!.Entry, finding.Attributes), held.IsTrashed ? session.Now : null);

        // What an object refers to that was not ours is not known, unless the target tells it: it is given all of it.
        return finding.Kind == FindingKind.ToLink && type.Type.References.Keys.Any(attribute => !held.References.ContainsKey(attribute))
            ? view with { Entry = Entry.Create(view.Entry.Where(attribute => !type.Type.References.ContainsKey(attribute.Key) || held.References.ContainsKey(attribute.Key))) }
            : view;
    }
}

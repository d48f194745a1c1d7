using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// Trashes or removes objects that are no entry's, as was decided. Each is looked at, and called for, while the client does nothing else: so that none becomes an entry's
/// meanwhile. If the process dies, the rows that are open still are found by the same request, and what is gone by then is left out.
/// </summary>
internal sealed class UnmanagedRun(ComparisonDesk desk, IReadableTarget target, BoundType type, RepairRequest request)
{
    private readonly DecidedReport _report = new(request);

    public async Task<RepairOutcome> RunAsync(CancellationToken cancellationToken)
    {
        RequirePolicy();
        await desk.AskAsync(_report.RequireAsync, cancellationToken);
        await desk.EachPageAsync(
            EntryTable.Report(type.Name),
            async (work, page) =>
            {
                await _report.RequireAsync(work);
                return ReportTable.Read(page).Where(request.Covers).ToArray();
            },
            async findings =>
            {
                foreach (var finding in findings)
                    await desk.AskAsync(work => DecideAsync(work, finding, cancellationToken), cancellationToken);
            },
            cancellationToken);
        return await desk.AskAsync(_report.CompleteAsync, cancellationToken);
    }

    private void RequirePolicy()
    {
        var policy = type.Type.Drift.Unmanaged;
        var isAllowed = request.Repair == RepairKind.Trash ? policy is UnmanagedPolicy.Trash or UnmanagedPolicy.Remove : policy == UnmanagedPolicy.Remove;
        if (!isAllowed)
        {
            throw new ArgumentException(
                $"The policy of {type.Name} for objects that are no entry's is {policy}, which does not allow {request.Repair}. Set Unmanaged of the data type to "
                + $"{request.Repair}, if this is what you want.");
        }

        if (request.Repair == RepairKind.Trash && !target.MarksTrashed(type.Name))
        {
            throw new ArgumentException(
                $"The target has no place or mark for trashed objects of {type.Name}, so that none can be trashed. Let it disable, lock, move or flag them.");
        }
    }

    private async ValueTask DecideAsync(ClientWork work, Finding finding, CancellationToken cancellationToken)
    {
        var held = await target.FindAsync(type.Name, finding.Link!, cancellationToken);
        if (held is null || held.IsProtected || held.Name != finding.Object || held.IsTrashed != finding.IsObjectTrashed || await IsOwnedAsync(work.Session, held.Link))
        {
            await _report.PutAsync(work, finding, FindingState.Changed);
            return;
        }

        if (request.Repair == RepairKind.Trash && held.IsTrashed)
        {
            await _report.PutAsync(work, finding, FindingState.Decided);
            return;
        }

        try
        {
            await work.Session.Services.Target.RetireAsync(ChangeOf(held), type.Type.RemoteType, held.Link, cancellationToken);
            await _report.PutAsync(work, finding, FindingState.Decided);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a target throws, the other objects are no worse for it.
            _report.Refuse($"{held.Name}: {exception.Message}");
        }
    }

    private static async ValueTask<bool> IsOwnedAsync(ClientSession session, string link) => await session.Written.FindLinkedAsync([link]) is not [];

    private TargetChange ChangeOf(TargetObject held)
    {
        var key = KeyOf(held);
        return request.Repair == RepairKind.Trash ? new EntryTrashed(type.Name, key, held.Content) : new EntryRemoved(type.Name, key, held.Content);
    }

    // Where the link of an object follows from the key of its entry, the target looks for it by that; elsewhere, no entry has this key.
    private EntryKey KeyOf(TargetObject held)
    {
        if (target.LinkOf(type.Name, EntryKey.Of(held.Link)) is null)
            return EntryKey.Of(held.Link);
        var parts = (type.Remote?.Key ?? []).Select(part => type.CopyOf(part) is { } local ? held.Content.Get(local) : Value.Null).ToArray();
        return parts.Length > 0 && parts.All(part => part.IsScalar) && EntryKey.Of(parts) is var key && target.LinkOf(type.Name, key) == held.Link
            ? key
            : throw new TargetException($"The key of {type.Name} cannot be told from the object. Map the attributes of the key.", Abstractions.FaultKind.Permanent);
    }
}

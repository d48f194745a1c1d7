using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Mapping;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// Compares the types of a client with its target by itself, every so often, and puts right what is to be put right unasked. When it was done last is in the state, so
/// that a restart does not begin anew.
/// </summary>
internal sealed class DriftWatch(ClientModel model, IClientComparisons comparisons, TimeProvider time, ILogger log)
{
    private const string Actor = "drift watch";

    // Asked for while the client starts, is paused or waits: it is asked again after this.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Works until stopped.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(model.Types.Where(type => type.Drift.Every is not null).Select(type => WatchAsync(type, stopping)));

    private async Task WatchAsync(LocalType type, CancellationToken stopping)
    {
        try
        {
            while (true)
                await Task.Delay(await CompareIfDueAsync(type, stopping), time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The client stops, and nothing is left undone that the next start does not find due.
        }
    }

    /// <returns>How long to wait for the next one.</returns>
    private async Task<TimeSpan> CompareIfDueAsync(LocalType type, CancellationToken stopping)
    {
        var every = type.Drift.Every!.Value;
        try
        {
            var last = (await comparisons.ListReportsAsync(new ListQuery { Filter = new ListFilter { Type = type.Name } }, stopping)).Items.FirstOrDefault();
            if (last is { Digest: not null } && last.Time + every is var due && due > time.GetUtcNow())
                return due - time.GetUtcNow();
            var report = await comparisons.CompareAsync(type.Name, stopping);
            await RepairAsync(type, report, stopping);
            await TrashAsync(type, report, stopping);
            return every;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // A client that is paused or does not work yet is no fault; whatever the target throws is told, and it is asked again.
            if (exception is not (NotRunningException or ArgumentException))
                log.NotCompared(model.Name, type.Name, exception.Message);
            return Patience < every ? Patience : every;
        }
    }

    private async Task RepairAsync(LocalType type, ComparisonReport report, CancellationToken stopping)
    {
        var rows = new HashSet<long>();
        var query = new ListQuery { Filter = new ListFilter { Kind = nameof(FindingKind.Differs) }, Size = ListQuery.MaxSize };
        await foreach (var found in Pages.ReadAllAsync(next => comparisons.ListFindingsAsync(type.Name, next, stopping), query))
        {
            if (IsRepaired(type, found))
                rows.Add(found.Number);
        }

        if (rows.Count > 0)
        {
            var request = new RepairRequest(type.Name, report.Digest!, RepairKind.Write, Actor, "the policy of the attributes says so") { Rows = [.. rows] };
            await comparisons.RepairAsync(request, stopping);
        }
    }

    // Those that are too many wait for somebody to decide; the report tells of them.
    private async Task TrashAsync(LocalType type, ComparisonReport report, CancellationToken stopping)
    {
        if (type.Drift.Unmanaged != UnmanagedPolicy.Trash || !report.Counts.ContainsKey(FindingKind.Unmanaged))
            return;
        var rows = new HashSet<long>();
        var query = new ListQuery { Filter = new ListFilter { Kind = nameof(FindingKind.Unmanaged) }, Size = ListQuery.MaxSize };
        await foreach (var found in Pages.ReadAllAsync(next => comparisons.ListFindingsAsync(type.Name, next, stopping), query))
        {
            if (!found.IsObjectTrashed)
                rows.Add(found.Number);
        }

        if (rows.Count == 0 || type.Guard?.HoldsRemovals(rows.Count, (int)report.Objects, (int)report.Objects - rows.Count) == true)
            return;
        var request = new RepairRequest(type.Name, report.Digest!, RepairKind.Trash, Actor, "the policy for objects that are no entry's says so") { Rows = [.. rows] };
        if (await comparisons.RepairAsync(request, stopping) is { Failure: { } failure })
            log.NotTrashed(model.Name, type.Name, failure);
    }

    private static bool IsRepaired(LocalType type, Finding found) =>
        found is { Kind: FindingKind.Differs, IsObjectTrashed: false } && found.Attributes.All(attribute => type.Drift.Repairs.Contains(attribute.Attribute));
}

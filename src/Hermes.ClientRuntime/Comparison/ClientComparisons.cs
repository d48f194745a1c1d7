using System.Collections.Concurrent;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Guard;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>The comparisons of a client.</summary>
internal sealed class ClientComparisons(ClientDesk lists) : IClientComparisons
{
    private readonly ComparisonDesk _desk = new(lists.Surface);

    // One at a time of each type: they share the rows of the report.
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    public Task<ComparisonReport> CompareAsync(string type, CancellationToken cancellationToken) => AloneAsync(
        type,
        async (target, bound) =>
        {
            using var run = new ComparisonRun(_desk, target, bound, lists.Time);
            var report = await run.RunAsync(cancellationToken);
            await _desk.AskAsync(
                work =>
                {
                    work.Session.Services.Log.Compared(work.Session.Model.Name, report.ToString());
                    return ValueTask.CompletedTask;
                },
                cancellationToken);
            return report;
        },
        cancellationToken);

    // There is one for a type, so that a page has all.
    public Task<Page<ComparisonReport>> ListReportsAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<ComparisonReport>(
        new ListRules("The list of comparisons", ListFields.Type | ListFields.Time),
        (filter, place, room) => lists.ReadAsync(
            async session => NumberedPlace.Page<ComparisonReport>(
                [.. (await ReportTable.ListAsync(session)).Where(report => filter.Holds(report.Type) && filter.Holds(report.Time))], place, room),
            cancellationToken),
        lists.Time).ReadAsync(query);

    public Task<Page<Finding>> ListFindingsAsync(string type, ListQuery? query, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        var rules = new ListRules($"The comparison of {type}", ListFields.Key | ListFields.Text)
        {
            Kinds = Enum.GetNames<FindingKind>(),
            States = Enum.GetNames<FindingState>(),
        };
        return new ListReader<Finding>(
            rules,
            (filter, place, room) => lists.ReadAsync(
                session => TableList.FindAsync(
                    session,
                    EntryTable.Report(type),
                    null,
                    row => ReportTable.Read(row) is { } found
                        && filter.Holds(found.Key)
                        && filter.HoldsText(found.Object)
                        && filter.HoldsKind(found.Kind)
                        && filter.HoldsState(found.State),
                    row => ReportTable.Read(row)!,
                    place,
                    room),
                cancellationToken),
            lists.Time).ReadAsync(query);
    }

    public async Task<RepairOutcome> RepairAsync(RepairRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Reason);
        try
        {
            return await AloneAsync(
                request.Type,
                (target, bound) => request.Repair is RepairKind.Trash or RepairKind.Remove
                    ? new UnmanagedRun(_desk, target, bound, request).RunAsync(cancellationToken)
                    : new RepairRun(_desk, target, bound, request).RunAsync(cancellationToken),
                cancellationToken);
        }
        catch (ArgumentException exception) when (exception.InnerException is HeldSetChangedException changed)
        {
            throw changed;
        }
    }

    private async Task<T> AloneAsync<T>(string type, Func<IReadableTarget, BoundType, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        if (!_running.TryAdd(type, true))
            throw new ArgumentException($"{type} is being compared, or repaired, already. Wait until that is done.");
        try
        {
            var (target, bound) = await _desk.AskAsync(given => ValueTask.FromResult(Require(given, type)), cancellationToken);
            return await work(target, bound);
        }
        finally
        {
            _running.TryRemove(type, out _);
        }
    }

    private static (IReadableTarget Target, BoundType Type) Require(ClientWork work, string type)
    {
        var session = work.Session;
        if (!session.Bound.TryGetType(type, out var bound))
            throw new ArgumentException($"The client {session.Model.Name} has no data type '{type}'. It has {string.Join(", ", session.Bound.Types.Select(known => known.Name))}.");
        return session.Services.Target.Readable is { } target && target.CanRead(type)
            ? (target, bound)
            : throw new ArgumentException($"The target of the client {session.Model.Name} cannot read {type} back, so that it cannot be compared.");
    }
}

using System.Collections.Concurrent;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Mapping;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>The comparisons of a client.</summary>
internal sealed class ClientComparisons(ClientSurface surface, TimeProvider time) : IClientComparisons
{
    private readonly ComparisonDesk _desk = new(surface);

    // One at a time of each type: they share the rows of the report.
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    public Task<ComparisonReport> CompareAsync(string type, CancellationToken cancellationToken) => AloneAsync(
        type,
        async (target, bound) =>
        {
            using var run = new ComparisonRun(_desk, target, bound, time);
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

    public Task<IReadOnlyList<ComparisonReport>> ListReportsAsync(CancellationToken cancellationToken) =>
        _desk.ReadAsync(work => ReportTable.ListAsync(work.Session), cancellationToken);

    public Task<IReadOnlyList<Finding>> ListFindingsAsync(string type, long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _desk.ReadAsync<IReadOnlyList<Finding>>(
            async work =>
            {
                var (report, rows) = (new ReportTable(work.Session, type), new List<Finding>());
                while (rows.Count < limit && await report.FindAsync(after + rows.Count + 1) is { } row)
                    rows.Add(row);
                return rows;
            },
            cancellationToken);
    }

    public async Task<RepairOutcome> RepairAsync(RepairRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Reason);
        try
        {
            return await AloneAsync(request.Type, (target, bound) => new RepairRun(_desk, target, bound, request).RunAsync(cancellationToken), cancellationToken);
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

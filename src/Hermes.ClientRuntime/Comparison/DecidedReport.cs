using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>The report that a decision is about, and what becomes of its rows.</summary>
internal sealed class DecidedReport(RepairRequest request)
{
    private long _decided;
    private long _changed;
    private long _failed;
    private string? _failure;

    /// <exception cref="ArgumentException">There is no complete report of the type, or it is another one than the decision names.</exception>
    public async ValueTask RequireAsync(ClientWork work)
    {
        if (await new ReportTable(work.Session, request.Type).FindAsync() is not { Digest: { } digest })
            throw new ArgumentException($"There is no complete comparison of {request.Type}. Compare first.");
        if (!string.Equals(digest, request.Digest, StringComparison.Ordinal))
            throw new ArgumentException(null, new HeldSetChangedException($"the comparison of {request.Type}", request.Digest, digest));
    }

    /// <summary>A row is done with.</summary>
    public async ValueTask PutAsync(ClientWork work, Finding finding, FindingState state)
    {
        (_decided, _changed) = state == FindingState.Decided ? (_decided + 1, _changed) : (_decided, _changed + 1);
        new ReportTable(work.Session, request.Type).Put(finding with { State = state });
        await work.Session.WriteIfMuchAsync();
    }

    /// <summary>A row stays open, since the target refused what was decided.</summary>
    public void Refuse(string reason)
    {
        _failed++;
        _failure ??= reason;
    }

    /// <summary>All rows are done with.</summary>
    public async ValueTask<RepairOutcome> CompleteAsync(ClientWork work)
    {
        work.Session.Services.Log.Repaired(
            work.Session.Model.Name, request.Type, request.Digest, request.Repair.ToString(), _decided, _changed, request.Actor, request.Reason);
        await work.Session.CommitAsync();
        work.Loop!.Retry.WantPass();
        return new RepairOutcome(_decided, _changed) { Failed = _failed, Failure = _failure };
    }
}

using Hermes.Crash.Host.Failpoints;
using Hermes.ServerRuntime.State;

namespace Hermes.Crash.Host.Server;

internal sealed class FailpointDraft(IStateDraft inner) : IStateDraft
{
    public long Insert(string type, in StoredRow row, StagedEvent? staged)
    {
        var id = inner.Insert(type, row, staged);
        Failpoint.Hit(ServerFailpoints.Insert);
        return id;
    }

    public void Update(string type, long id, in StoredRow row, StagedEvent? staged)
    {
        inner.Update(type, id, row, staged);
        Failpoint.Hit(ServerFailpoints.Update);
    }

    public void Delete(string type, long id, StagedEvent? staged)
    {
        inner.Delete(type, id, staged);
        Failpoint.Hit(ServerFailpoints.Delete);
    }

    public void Withdraw(string type, long id) => inner.Withdraw(type, id);

    public void DropType(string type) => inner.DropType(type);

    public void Append(StagedEvent staged)
    {
        inner.Append(staged);
        Failpoint.Hit(ServerFailpoints.Append);
    }

    public void AppendWriteBack(string type, byte[] writeBack)
    {
        inner.AppendWriteBack(type, writeBack);
        Failpoint.Hit(ServerFailpoints.AppendWriteBack);
    }

    public IReadOnlyDictionary<long, long> Commit(ServerStateHeader header)
    {
        Failpoint.Hit(ServerFailpoints.BeforeCommit);
        var sequences = inner.Commit(header);
        Failpoint.Hit(ServerFailpoints.AfterCommit);
        return sequences;
    }

    public void Dispose() => inner.Dispose();
}

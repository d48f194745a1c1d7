using Hermes.Crash.Host.Failpoints;
using Hermes.ServerRuntime.State;

namespace Hermes.Crash.Host.Server;

internal sealed class FailpointServerStateStore(IServerStateStore inner) : IServerStateStore
{
    public IServerState Open()
    {
        Failpoint.Hit(ServerFailpoints.BeforeOpen);
        var state = inner.Open();
        Failpoint.Hit(ServerFailpoints.AfterOpen);
        return new FailpointServerState(state);
    }
}

internal sealed class FailpointServerState(IServerState inner) : IServerState
{
    public ServerStateHeader? Header => inner.Header;

    public long LastSequence => inner.LastSequence;

    public long OutboxLength => inner.OutboxLength;

    public IReadOnlyList<string> Types => inner.Types;

    public IEnumerable<StoredKey> ReadKeys(string type)
    {
        Failpoint.Hit(ServerFailpoints.ReadKeys);
        return inner.ReadKeys(type);
    }

    public byte[] ReadContent(string type, long id)
    {
        Failpoint.Hit(ServerFailpoints.ReadContent);
        return inner.ReadContent(type, id);
    }

    public IEnumerable<StoredEntry> ReadEntries(string type) => inner.ReadEntries(type);

    public IStateDraft BeginDraft(DateTimeOffset time)
    {
        var draft = inner.BeginDraft(time);
        Failpoint.Hit(ServerFailpoints.BeginDraft);
        return new FailpointDraft(draft);
    }

    public IEnumerable<OutboxEvent> ReadOutbox(long afterSequence)
    {
        Failpoint.Hit(ServerFailpoints.BeforeReadOutbox);
        foreach (var stored in inner.ReadOutbox(afterSequence))
        {
            Failpoint.Hit(ServerFailpoints.ReadOutboxEvent);
            yield return stored;
        }
    }

    public void RemoveFromOutbox(long throughSequence)
    {
        Failpoint.Hit(ServerFailpoints.BeforeRemove);
        inner.RemoveFromOutbox(throughSequence);
        Failpoint.Hit(ServerFailpoints.AfterRemove);
    }

    public void Erase() => inner.Erase();

    public IReadOnlyList<DueWriteBack> ReadDueWriteBacks(int limit)
    {
        var due = inner.ReadDueWriteBacks(limit);
        Failpoint.Hit(ServerFailpoints.ReadWriteBacks);
        return due;
    }

    public void RemoveWriteBacks(IReadOnlyCollection<long> numbers)
    {
        Failpoint.Hit(ServerFailpoints.BeforeRemoveWriteBacks);
        inner.RemoveWriteBacks(numbers);
        Failpoint.Hit(ServerFailpoints.AfterRemoveWriteBacks);
    }

    public void Dispose() => inner.Dispose();
}

using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Host.Client;

internal sealed class FailpointClientStateStore(IClientStateStore inner) : IClientStateStore
{
    public IClientState Open()
    {
        Failpoint.Hit(ClientFailpoints.BeforeOpen);
        var state = inner.Open();
        Failpoint.Hit(ClientFailpoints.AfterOpen);
        return new FailpointClientState(state);
    }
}

internal sealed class FailpointClientState(IClientState inner) : IClientState
{
    public ClientProgress Progress
    {
        get => inner.Progress;
        set
        {
            inner.Progress = value;
            Failpoint.Hit(ClientFailpoints.Progress);
        }
    }

    public ClientSetup? Setup
    {
        get => inner.Setup;
        set
        {
            inner.Setup = value;
            Failpoint.Hit(ClientFailpoints.SetUp);
        }
    }

    public IReadOnlyList<EntryTable> Tables => inner.Tables;

    public long DeadLetterCount => inner.DeadLetterCount;

    public StoredEntry Find(EntryTable table, EntryKey key)
    {
        Failpoint.Hit(ClientFailpoints.Find);
        return inner.Find(table, key);
    }

    public void Put(EntryTable table, in StoredEntry entry)
    {
        Failpoint.Hit(ClientFailpoints.BeforePut);
        inner.Put(table, entry);
        Failpoint.Hit(ClientFailpoints.AfterPut);
    }

    public IReadOnlyList<NumberedEntry> Read(EntryTable table, EntryScope scope, long after, int limit) => inner.Read(table, scope, after, limit);

    public EntryCount Count(EntryTable table) => inner.Count(table);

    public IReadOnlyList<QueuedEvent> ReadQueue(long after, int limit) => inner.ReadQueue(after, limit);

    public QueuedEvent? FindQueued(long number) => inner.FindQueued(number);

    public void PutQueued(QueuedEvent queued)
    {
        Failpoint.Hit(ClientFailpoints.BeforePutQueued);
        inner.PutQueued(queued);
        Failpoint.Hit(ClientFailpoints.AfterPutQueued);
    }

    public void RemoveQueued(long number)
    {
        Failpoint.Hit(ClientFailpoints.BeforeRemoveQueued);
        inner.RemoveQueued(number);
        Failpoint.Hit(ClientFailpoints.AfterRemoveQueued);
    }

    public void AddDeadLetter(DeadLetter letter) => inner.AddDeadLetter(letter);

    public IReadOnlyList<DeadLetter> ReadDeadLetters(long afterOffset, int limit) => inner.ReadDeadLetters(afterOffset, limit);

    public void Commit()
    {
        Failpoint.Hit(ClientFailpoints.BeforeCommit);
        inner.Commit();
        Failpoint.Hit(ClientFailpoints.AfterCommit);
    }

    public void Dispose() => inner.Dispose();
}

using Hermes.ServerRuntime.State;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>A state whose process may die when it is written: at the commit of a poll, or when confirmed events leave the outbox.</summary>
internal sealed class MortalServerStore(IServerStateStore inner, Faults faults, SecretWatch secrets) : IServerStateStore
{
    public IServerState Open() => new State(inner.Open(), faults, secrets);

    private static T Write<T>(Faults faults, Func<T> write)
    {
        if (faults.DiesAtServerWrite(Moment.Before))
            throw new ProcessDiedException();
        var result = write();
        return faults.DiesAtServerWrite(Moment.After) ? throw new ProcessDiedException() : result;
    }

    private sealed class State(IServerState inner, Faults faults, SecretWatch secrets) : IServerState
    {
        public ServerStateHeader? Header => Living.Header;

        public long LastSequence => Living.LastSequence;

        public long OutboxLength => Living.OutboxLength;

        public IReadOnlyList<string> Types => Living.Types;

        private IServerState Living => faults.IsServerDead ? throw new ProcessDiedException() : inner;

        public IEnumerable<StoredKey> ReadKeys(string type) => Living.ReadKeys(type);

        public byte[] ReadContent(string type, long id) => Living.ReadContent(type, id);

        public IEnumerable<StoredEntry> ReadEntries(string type) => Living.ReadEntries(type);

        public IStateDraft BeginDraft(DateTimeOffset time) => new Draft(Living.BeginDraft(time), faults, secrets);

        public IEnumerable<OutboxEvent> ReadOutbox(long afterSequence) => Living.ReadOutbox(afterSequence);

        public void RemoveFromOutbox(long throughSequence) => Write(faults, () =>
        {
            inner.RemoveFromOutbox(throughSequence);
            return true;
        });

        public void Erase() => Living.Erase();

        public IReadOnlyList<DueWriteBack> ReadDueWriteBacks(int limit) => Living.ReadDueWriteBacks(limit);

        public void RemoveWriteBacks(IReadOnlyCollection<long> numbers) => Living.RemoveWriteBacks(numbers);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Draft(IStateDraft inner, Faults faults, SecretWatch secrets) : IStateDraft
    {
        public long Insert(string type, in StoredRow row, StagedEvent? staged)
        {
            Look(type, row.Content, staged);
            return inner.Insert(type, row, staged);
        }

        public void Update(string type, long id, in StoredRow row, StagedEvent? staged)
        {
            Look(type, row.Content, staged);
            inner.Update(type, id, row, staged);
        }

        public void Delete(string type, long id, StagedEvent? staged) => inner.Delete(type, id, staged);

        public void Withdraw(string type, long id) => inner.Withdraw(type, id);

        public void DropType(string type) => inner.DropType(type);

        public void Append(StagedEvent staged)
        {
            Look("", [], staged);
            inner.Append(staged);
        }

        public void AppendWriteBack(string type, byte[] writeBack) => inner.AppendWriteBack(type, writeBack);

        public IReadOnlyDictionary<long, long> Commit(ServerStateHeader header) => Write(faults, () => inner.Commit(header));

        public void Dispose() => inner.Dispose();

        private void Look(string type, byte[] content, StagedEvent? staged)
        {
            secrets.Look($"the cache of {type}", content);
            if (staged is not null)
                secrets.Look($"the outbox: {staged} of {type}", staged.Body);
        }
    }
}

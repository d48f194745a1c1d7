using Hermes.ServerRuntime.State;
using Hermes.Testing.State;

namespace Hermes.ServerRuntime.Tests.Outbox;

internal sealed class FaultyState(InMemoryServerState store) : IServerStateStore
{
    private Fault _fault = new();

    public bool RefusesAfterwards { init => _fault = new Fault { RefusesAfterwards = value }; }

    public bool HasFailed => _fault.HasFailed;

    public int Erasures { get; private set; }

    public void FailAt(FaultPoint point, int nth) => _fault.FailAt(point, nth);

    public IServerState Open() => new State(this, store.Open(), _fault);

    private sealed class State(FaultyState owner, IServerState inner, Fault fault) : IServerState
    {
        public ServerStateHeader? Header => inner.Header;

        public long LastSequence => inner.LastSequence;

        public long OutboxLength => inner.OutboxLength;

        public IReadOnlyList<string> Types => inner.Types;

        public IEnumerable<StoredKey> ReadKeys(string type) => inner.ReadKeys(type);

        public byte[] ReadContent(string type, long id) => inner.ReadContent(type, id);

        public IEnumerable<StoredEntry> ReadEntries(string type) => inner.ReadEntries(type);

        public IStateDraft BeginDraft(DateTimeOffset time) => new Draft(inner.BeginDraft(time), fault);

        public IEnumerable<OutboxEvent> ReadOutbox(long afterSequence) => inner.ReadOutbox(afterSequence);

        public void RemoveFromOutbox(long throughSequence)
        {
            fault.Pass(FaultPoint.BeforeRemove);
            inner.RemoveFromOutbox(throughSequence);
            fault.Pass(FaultPoint.AfterRemove);
        }

        public void Erase()
        {
            fault.Pass(FaultPoint.BeforeErase);
            inner.Erase();
            owner.Erasures++;
        }

        public IReadOnlyList<DueWriteBack> ReadDueWriteBacks(int limit) => inner.ReadDueWriteBacks(limit);

        public void RemoveWriteBacks(IReadOnlyCollection<long> numbers)
        {
            fault.Pass(FaultPoint.BeforeWriteBackRemoval);
            inner.RemoveWriteBacks(numbers);
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class Draft(IStateDraft inner, Fault fault) : IStateDraft
    {
        public long Insert(string type, in StoredRow row, StagedEvent? staged)
        {
            fault.Pass(FaultPoint.BeforeStage);
            return inner.Insert(type, row, staged);
        }

        public void Update(string type, long id, in StoredRow row, StagedEvent? staged)
        {
            fault.Pass(FaultPoint.BeforeStage);
            inner.Update(type, id, row, staged);
        }

        public void Delete(string type, long id, StagedEvent? staged)
        {
            fault.Pass(FaultPoint.BeforeStage);
            inner.Delete(type, id, staged);
        }

        public void Withdraw(string type, long id) => inner.Withdraw(type, id);

        public void DropType(string type) => inner.DropType(type);

        public void Append(StagedEvent staged) => inner.Append(staged);

        public void AppendWriteBack(string type, byte[] writeBack) => inner.AppendWriteBack(type, writeBack);

        public IReadOnlyDictionary<long, long> Commit(ServerStateHeader header)
        {
            fault.Pass(FaultPoint.BeforeCommit);
            var sequences = inner.Commit(header);
            fault.Pass(FaultPoint.AfterCommit);
            return sequences;
        }

        public void Dispose() => inner.Dispose();
    }
}

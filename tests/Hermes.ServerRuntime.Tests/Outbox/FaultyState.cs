using Hermes.Runtime.State;
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

    public async ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) =>
        new State(this, await store.OpenAsync(opening, cancellationToken), _fault);

    private sealed class State(FaultyState owner, IServerState inner, Fault fault) : IServerState
    {
        public long Term => inner.Term;

        public CancellationToken Lost => inner.Lost;

        public ValueTask<ServerStateHeader?> ReadHeaderAsync(CancellationToken cancellationToken) => inner.ReadHeaderAsync(cancellationToken);

        public ValueTask<byte[]?> ReadDocumentAsync(string name, CancellationToken cancellationToken) => inner.ReadDocumentAsync(name, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<StoredKey>> ReadKeysAsync(string type, CancellationToken cancellationToken) =>
            inner.ReadKeysAsync(type, cancellationToken);

        public ValueTask<IReadOnlyList<byte[]>> ReadContentsAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
            inner.ReadContentsAsync(type, ids, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, CancellationToken cancellationToken) =>
            inner.ReadEntriesAsync(type, cancellationToken);

        public ValueTask<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, long after, int limit, CancellationToken cancellationToken) =>
            inner.ReadEntriesAsync(type, after, limit, cancellationToken);

        public async ValueTask<IServerStateTransaction> BeginAsync(CancellationToken cancellationToken) =>
            new Transaction(await inner.BeginAsync(cancellationToken), fault);

        public ValueTask<long> CountOutboxAsync(CancellationToken cancellationToken) => inner.CountOutboxAsync(cancellationToken);

        public ValueTask<IReadOnlyList<OutboxEvent>> ReadOutboxAsync(long after, int maxEvents, long maxBytes, CancellationToken cancellationToken) =>
            inner.ReadOutboxAsync(after, maxEvents, maxBytes, cancellationToken);

        public async ValueTask ConfirmAsync(long throughSequence, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeRemove);
            await inner.ConfirmAsync(throughSequence, cancellationToken);
            fault.Pass(FaultPoint.AfterRemove);
        }

        public async ValueTask EraseAsync(CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeErase);
            await inner.EraseAsync(cancellationToken);
            owner.Erasures++;
        }

        public ValueTask<IReadOnlyList<DueWriteBack>> ReadDueWriteBacksAsync(int limit, CancellationToken cancellationToken) =>
            inner.ReadDueWriteBacksAsync(limit, cancellationToken);

        public ValueTask RemoveWriteBacksAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeWriteBackRemoval);
            return inner.RemoveWriteBacksAsync(numbers, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Transaction(IServerStateTransaction inner, Fault fault) : IServerStateTransaction
    {
        public ValueTask AppendEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeStage);
            return inner.AppendEntriesAsync(type, entries, cancellationToken);
        }

        public ValueTask ReplaceEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeStage);
            return inner.ReplaceEntriesAsync(type, entries, cancellationToken);
        }

        public ValueTask DeleteEntriesAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeStage);
            return inner.DeleteEntriesAsync(type, ids, cancellationToken);
        }

        public ValueTask DropTypeAsync(string type, CancellationToken cancellationToken) => inner.DropTypeAsync(type, cancellationToken);

        public ValueTask StartAnewAsync(long writeBacksAfter, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeStage);
            return inner.StartAnewAsync(writeBacksAfter, cancellationToken);
        }

        public ValueTask AppendEventsAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeStage);
            return inner.AppendEventsAsync(events, cancellationToken);
        }

        public ValueTask AppendWriteBacksAsync(IReadOnlyList<StoredWriteBack> writeBacks, CancellationToken cancellationToken) =>
            inner.AppendWriteBacksAsync(writeBacks, cancellationToken);

        public ValueTask WriteDocumentAsync(string name, byte[] content, CancellationToken cancellationToken) =>
            inner.WriteDocumentAsync(name, content, cancellationToken);

        public async ValueTask CommitAsync(ServerStateHeader header, CancellationToken cancellationToken)
        {
            fault.Pass(FaultPoint.BeforeCommit);
            await inner.CommitAsync(header, cancellationToken);
            fault.Pass(FaultPoint.AfterCommit);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

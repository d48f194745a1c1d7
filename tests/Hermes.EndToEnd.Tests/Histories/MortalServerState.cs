using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>A state whose process may die when it is written: at the commit of a poll, or when confirmed events leave the outbox.</summary>
internal sealed class MortalServerStore(IServerStateStore inner, Faults faults, SecretWatch secrets) : IServerStateStore
{
    public async ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) =>
        new State(await inner.OpenAsync(opening, cancellationToken), faults, secrets);

    private static async ValueTask WriteAsync(Faults faults, Func<ValueTask> write)
    {
        if (faults.DiesAtServerWrite(Moment.Before))
            throw new ProcessDiedException();
        await write();
        if (faults.DiesAtServerWrite(Moment.After))
            throw new ProcessDiedException();
    }

    private sealed class State(IServerState inner, Faults faults, SecretWatch secrets) : IServerState
    {
        public long Term => inner.Term;

        public CancellationToken Lost => inner.Lost;

        private IServerState Living => faults.IsServerDead ? throw new ProcessDiedException() : inner;

        public ValueTask<ServerStateHeader?> ReadHeaderAsync(CancellationToken cancellationToken) => Living.ReadHeaderAsync(cancellationToken);

        public ValueTask<byte[]?> ReadDocumentAsync(string name, CancellationToken cancellationToken) => Living.ReadDocumentAsync(name, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<StoredKey>> ReadKeysAsync(string type, CancellationToken cancellationToken) =>
            Living.ReadKeysAsync(type, cancellationToken);

        public ValueTask<IReadOnlyList<byte[]>> ReadContentsAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
            Living.ReadContentsAsync(type, ids, cancellationToken);

        public ValueTask<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, long after, int limit, CancellationToken cancellationToken) =>
            Living.ReadEntriesAsync(type, after, limit, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, CancellationToken cancellationToken) =>
            Living.ReadEntriesAsync(type, cancellationToken);

        public async ValueTask<IServerStateTransaction> BeginAsync(CancellationToken cancellationToken) =>
            new Transaction(await Living.BeginAsync(cancellationToken), faults, secrets);

        public ValueTask<long> CountOutboxAsync(CancellationToken cancellationToken) => Living.CountOutboxAsync(cancellationToken);

        public ValueTask<IReadOnlyList<OutboxEvent>> ReadOutboxAsync(long after, int maxEvents, long maxBytes, CancellationToken cancellationToken) =>
            Living.ReadOutboxAsync(after, maxEvents, maxBytes, cancellationToken);

        public ValueTask ConfirmAsync(long throughSequence, CancellationToken cancellationToken) =>
            WriteAsync(faults, () => inner.ConfirmAsync(throughSequence, cancellationToken));

        public ValueTask EraseAsync(CancellationToken cancellationToken) => Living.EraseAsync(cancellationToken);

        public ValueTask<IReadOnlyList<DueWriteBack>> ReadDueWriteBacksAsync(int limit, CancellationToken cancellationToken) =>
            Living.ReadDueWriteBacksAsync(limit, cancellationToken);

        public ValueTask RemoveWriteBacksAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken) =>
            Living.RemoveWriteBacksAsync(numbers, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Transaction(IServerStateTransaction inner, Faults faults, SecretWatch secrets) : IServerStateTransaction
    {
        public ValueTask AppendEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken)
        {
            Look(type, entries);
            return inner.AppendEntriesAsync(type, entries, cancellationToken);
        }

        public ValueTask ReplaceEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken)
        {
            Look(type, entries);
            return inner.ReplaceEntriesAsync(type, entries, cancellationToken);
        }

        public ValueTask DeleteEntriesAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
            inner.DeleteEntriesAsync(type, ids, cancellationToken);

        public ValueTask DropTypeAsync(string type, CancellationToken cancellationToken) => inner.DropTypeAsync(type, cancellationToken);

        public ValueTask StartAnewAsync(long writeBacksAfter, CancellationToken cancellationToken) => inner.StartAnewAsync(writeBacksAfter, cancellationToken);

        public ValueTask AppendEventsAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
        {
            foreach (var item in events)
                secrets.Look($"the outbox: {item}", item.Body);
            return inner.AppendEventsAsync(events, cancellationToken);
        }

        public ValueTask AppendWriteBacksAsync(IReadOnlyList<StoredWriteBack> writeBacks, CancellationToken cancellationToken)
        {
            foreach (var item in writeBacks)
                secrets.Look("a write-back", item.Body);
            return inner.AppendWriteBacksAsync(writeBacks, cancellationToken);
        }

        public ValueTask WriteDocumentAsync(string name, byte[] content, CancellationToken cancellationToken) =>
            inner.WriteDocumentAsync(name, content, cancellationToken);

        public ValueTask CommitAsync(ServerStateHeader header, CancellationToken cancellationToken) =>
            WriteAsync(faults, () => inner.CommitAsync(header, cancellationToken));

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private void Look(string type, IReadOnlyList<StoredRow> entries)
        {
            foreach (var entry in entries)
                secrets.Look($"the cache of {type}", entry.Content);
        }
    }
}

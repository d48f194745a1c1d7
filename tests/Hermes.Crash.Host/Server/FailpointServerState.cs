using Hermes.Crash.Host.Failpoints;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;

namespace Hermes.Crash.Host.Server;

internal sealed class FailpointServerStateStore(IServerStateStore inner) : IServerStateStore
{
    public async ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeOpen);
        var state = await inner.OpenAsync(opening, cancellationToken);
        Failpoint.Hit(ServerFailpoints.AfterOpen);
        return new FailpointServerState(state);
    }
}

internal sealed class FailpointServerState(IServerState inner) : IServerState
{
    public long Term => inner.Term;

    public CancellationToken Lost => inner.Lost;

    public ValueTask<ServerStateHeader?> ReadHeaderAsync(CancellationToken cancellationToken) => inner.ReadHeaderAsync(cancellationToken);

    public ValueTask<byte[]?> ReadDocumentAsync(string name, CancellationToken cancellationToken) => inner.ReadDocumentAsync(name, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredKey>> ReadKeysAsync(string type, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.ReadKeys);
        return inner.ReadKeysAsync(type, cancellationToken);
    }

    public ValueTask<IReadOnlyList<byte[]>> ReadContentsAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.ReadContents);
        return inner.ReadContentsAsync(type, ids, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadEntriesAsync(type, after, limit, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, CancellationToken cancellationToken) =>
        inner.ReadEntriesAsync(type, cancellationToken);

    public async ValueTask<IServerStateTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var transaction = await inner.BeginAsync(cancellationToken);
        Failpoint.Hit(ServerFailpoints.Begin);
        return new FailpointTransaction(transaction);
    }

    public ValueTask<long> CountOutboxAsync(CancellationToken cancellationToken) => inner.CountOutboxAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<OutboxEvent>> ReadOutboxAsync(long after, int maxEvents, long maxBytes, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeReadOutbox);
        var events = await inner.ReadOutboxAsync(after, maxEvents, maxBytes, cancellationToken);
        if (events.Count > 0)
            Failpoint.Hit(ServerFailpoints.AfterReadOutbox);
        return events;
    }

    public async ValueTask ConfirmAsync(long throughSequence, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeConfirm);
        await inner.ConfirmAsync(throughSequence, cancellationToken);
        Failpoint.Hit(ServerFailpoints.AfterConfirm);
    }

    public ValueTask EraseAsync(CancellationToken cancellationToken) => inner.EraseAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<DueWriteBack>> ReadDueWriteBacksAsync(int limit, CancellationToken cancellationToken)
    {
        var due = await inner.ReadDueWriteBacksAsync(limit, cancellationToken);
        Failpoint.Hit(ServerFailpoints.ReadWriteBacks);
        return due;
    }

    public async ValueTask RemoveWriteBacksAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeRemoveWriteBacks);
        await inner.RemoveWriteBacksAsync(numbers, cancellationToken);
        Failpoint.Hit(ServerFailpoints.AfterRemoveWriteBacks);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

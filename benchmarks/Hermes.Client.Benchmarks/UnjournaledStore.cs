using Hermes.ClientRuntime.State;
using Hermes.Runtime.State;

namespace Hermes.Client.Benchmarks;

/// <summary>A store whose states forget what came of the calls: to see what it costs to keep it.</summary>
internal sealed class UnjournaledStore(IClientStateStore inner) : IClientStateStore
{
    public async ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) =>
        new UnjournaledState(await inner.OpenAsync(opening, cancellationToken));
}

/// <summary>Everything of a state but its journal, which is empty.</summary>
internal sealed class UnjournaledState(IClientState inner) : IClientState
{
    public long Term => inner.Term;

    public CancellationToken Lost => inner.Lost;

    public ClientProgress Progress => inner.Progress;

    public ClientSetup? Setup => inner.Setup;

    public ValueTask VerifyAsync(CancellationToken cancellationToken) => inner.VerifyAsync(cancellationToken);

    public ValueTask<IReadOnlyList<TableEntry>> FindAsync(IReadOnlyList<EntryAddress> wanted, CancellationToken cancellationToken) =>
        inner.FindAsync(wanted, cancellationToken);

    public ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken) =>
        inner.FindLinkedAsync(links, cancellationToken);

    public ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync(CancellationToken cancellationToken) => inner.ReadTablesAsync(cancellationToken);

    public ValueTask<IReadOnlyList<NumberedEntry>> ReadAsync(EntryTable table, EntryScope scope, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadAsync(table, scope, after, limit, cancellationToken);

    public ValueTask<EntryCount> CountAsync(EntryTable table, CancellationToken cancellationToken) => inner.CountAsync(table, cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadQueueAsync(after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        inner.FindQueuedAsync(numbers, cancellationToken);

    public ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most, CancellationToken cancellationToken) =>
        inner.FindInQueueAsync(filter, after, limit, most, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(long afterOffset, int limit, CancellationToken cancellationToken) =>
        inner.ReadDeadLettersAsync(afterOffset, limit, cancellationToken);

    public ValueTask<long> CountDeadLettersAsync(CancellationToken cancellationToken) => inner.CountDeadLettersAsync(cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(Abstractions.Data.EntryId to, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadReferencesToAsync(to, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadPendingReferencesAsync(after, limit, cancellationToken);

    public ValueTask<long> CountPendingReferencesAsync(CancellationToken cancellationToken) => inner.CountPendingReferencesAsync(cancellationToken);

    public ValueTask WriteAsync(ClientChanges changes, CancellationToken cancellationToken) => inner.WriteAsync(changes, cancellationToken);

    public ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken) =>
        inner.CommitAsync(progress, setup, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

namespace Hermes.ServerRuntime.State;

/// <summary>
/// What a server keeps: its header, the cache of every data type, the outbox, and the write-backs that are due. All reads tell what was
/// committed, also while a transaction is open. One call at a time, but for those of an open transaction, which may run beside reads.
/// </summary>
/// <remarks>
/// A state orders nothing and numbers nothing: events, entries and terms of a commit come as they are to be stored. No secret value is ever
/// given to it. Each method throws <see cref="ServerStateException"/> when the store fails.
/// </remarks>
public interface IServerState : IAsyncDisposable
{
    /// <summary>The number of this opening, greater than that of every earlier one; a write under an older one is refused.</summary>
    long Term { get; }

    /// <summary>Signalled when the store knows that another process took the state over.</summary>
    CancellationToken Lost { get; }

    /// <summary>What the last commit said about the state as a whole, or null if nothing was committed yet.</summary>
    ValueTask<ServerStateHeader?> ReadHeaderAsync(CancellationToken cancellationToken);

    /// <summary>A document that was stored under a name, or null if none was.</summary>
    ValueTask<byte[]?> ReadDocumentAsync(string name, CancellationToken cancellationToken);

    /// <summary>The keys of a type's cached entries by id, in batches; none if the type is not known.</summary>
    IAsyncEnumerable<IReadOnlyList<StoredKey>> ReadKeysAsync(string type, CancellationToken cancellationToken);

    /// <summary>The contents of cached entries, in the order of the ids.</summary>
    /// <exception cref="ServerStateException">One of them is not there.</exception>
    ValueTask<IReadOnlyList<byte[]>> ReadContentsAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>All cached entries of a type by id, in batches; none if the type is not known.</summary>
    IAsyncEnumerable<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, CancellationToken cancellationToken);

    /// <summary>A page of the cached entries of a type by id; empty if the type is not known.</summary>
    /// <param name="type">The type.</param>
    /// <param name="after">The id after which the page starts; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Starts a transaction; there is one at a time.</summary>
    /// <exception cref="InvalidOperationException">Another one is open.</exception>
    ValueTask<IServerStateTransaction> BeginAsync(CancellationToken cancellationToken);

    /// <summary>How many events wait in the outbox.</summary>
    ValueTask<long> CountOutboxAsync(CancellationToken cancellationToken);

    /// <summary>Events that wait, in order.</summary>
    /// <param name="after">The sequence number after which to begin.</param>
    /// <param name="maxEvents">How many at most.</param>
    /// <param name="maxBytes">How many bytes their bodies have at most, unless the first alone has more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<IReadOnlyList<OutboxEvent>> ReadOutboxAsync(long after, int maxEvents, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Takes the events up to a sequence number out of the outbox: the bus has them.</summary>
    ValueTask ConfirmAsync(long throughSequence, CancellationToken cancellationToken);

    /// <summary>Makes what was deleted or replaced unreadable: called after attributes became secret. May take a while.</summary>
    ValueTask EraseAsync(CancellationToken cancellationToken);

    /// <summary>The write-backs whose events have left the outbox, in the order of the events, and then as they came.</summary>
    ValueTask<IReadOnlyList<DueWriteBack>> ReadDueWriteBacksAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Forgets write-backs that were done.</summary>
    ValueTask RemoveWriteBacksAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken);
}

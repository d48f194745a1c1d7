namespace Hermes.ServerRuntime.State;

/// <summary>
/// What one commit changes. Nothing of it can be read before the commit; disposing without one forgets it. A list that is handed in may be
/// used again by the caller when the call has returned; the bodies and contents in it are not changed any more.
/// </summary>
public interface IServerStateTransaction : IAsyncDisposable
{
    /// <summary>Adds entries to the cache, under ids that are greater than all before.</summary>
    ValueTask AppendEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken);

    /// <summary>Replaces entries, be they committed or appended before.</summary>
    ValueTask ReplaceEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken);

    /// <summary>Takes entries out of the cache, be they committed or appended before.</summary>
    ValueTask DeleteEntriesAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Drops the cache of a type, if there is one.</summary>
    ValueTask DropTypeAsync(string type, CancellationToken cancellationToken);

    /// <summary>
    /// Drops the events that wait, before others are appended, whose numbers start from 1 again. All that is to be written back waits for one of those.
    /// </summary>
    /// <param name="writeBacksAfter">The number of the event for which the write-backs wait from now on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask StartAnewAsync(long writeBacksAfter, CancellationToken cancellationToken);

    /// <summary>Adds events to the outbox; their numbers follow the last one.</summary>
    ValueTask AppendEventsAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken);

    /// <summary>Adds write-backs, each due when an event has left the outbox.</summary>
    ValueTask AppendWriteBacksAsync(IReadOnlyList<StoredWriteBack> writeBacks, CancellationToken cancellationToken);

    /// <summary>Stores a document under a name, in the place of the one before.</summary>
    ValueTask WriteDocumentAsync(string name, byte[] content, CancellationToken cancellationToken);

    /// <summary>Stores everything. The transaction is used up.</summary>
    /// <exception cref="ServerStateException">The store failed, or another process took the state over.</exception>
    ValueTask CommitAsync(ServerStateHeader header, CancellationToken cancellationToken);
}

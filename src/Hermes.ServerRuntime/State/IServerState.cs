namespace Hermes.ServerRuntime.State;

/// <summary>
/// What a server keeps: its header, the cache of every data type, the outbox, and the write-backs that are due. Used by one thread at a
/// time.
/// </summary>
/// <remarks>
/// The methods are synchronous: a state is an embedded store, and a poll looks into it in the middle of its computing. No secret value is
/// ever
/// given to it.
/// </remarks>
public interface IServerState : IDisposable
{
    /// <summary>What the last commit said about the state as a whole, or null if nothing was committed yet.</summary>
    ServerStateHeader? Header { get; }

    /// <summary>The sequence number of the last event that was stored; 0 if there was none.</summary>
    long LastSequence { get; }

    /// <summary>How many events wait in the outbox.</summary>
    long OutboxLength { get; }

    /// <summary>The data types that have cached entries, or had some.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>The keys of a type's cached entries, in the order in which the entries came.</summary>
    IEnumerable<StoredKey> ReadKeys(string type);

    /// <summary>The content of a cached entry.</summary>
    /// <exception cref="ServerStateException">There is no such entry.</exception>
    byte[] ReadContent(string type, long id);

    /// <summary>All cached entries of a type, in the order in which they came.</summary>
    IEnumerable<StoredEntry> ReadEntries(string type);

    /// <summary>
    /// Starts to collect the changes of one commit. Until then nothing of it is in the state; only one draft exists at a time.
    /// </summary>
    /// <param name="time">The time that its events carry.</param>
    IStateDraft BeginDraft(DateTimeOffset time);

    /// <summary>The events that wait, in order, from the one after a sequence number on. Read lazily: take as many as wanted.</summary>
    IEnumerable<OutboxEvent> ReadOutbox(long afterSequence);

    /// <summary>Takes the events up to a sequence number out of the outbox: the bus has confirmed them.</summary>
    void RemoveFromOutbox(long throughSequence);

    /// <summary>Makes what was deleted or replaced unreadable: called after attributes became secret. May take a while.</summary>
    void Erase();

    /// <summary>The write-backs whose events have left the outbox, in order.</summary>
    IReadOnlyList<DueWriteBack> ReadDueWriteBacks(int limit);

    /// <summary>Forgets write-backs that were done.</summary>
    void RemoveWriteBacks(IReadOnlyCollection<long> numbers);
}

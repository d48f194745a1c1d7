using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>
/// What a client keeps. Everything written since the last <see cref="Commit"/> is one transaction: it is seen by reads at once, and is
/// lost as a whole if the process ends, or the state is disposed, before the next commit. Used by one thread at a time.
/// </summary>
/// <remarks>
/// The methods are synchronous: a state is an embedded store, and it is looked into for every event. Entries are not kept in memory. Secret
/// values are given to it in <see cref="QueuedEvent"/> and <see cref="DeadLetter"/> only, and must not be readable in what it stores.
/// </remarks>
public interface IClientState : IDisposable
{
    /// <summary>How far the client has come.</summary>
    ClientProgress Progress { get; set; }

    /// <summary>What the client was set up with; null before the first initialisation.</summary>
    ClientSetup? Setup { get; set; }

    /// <summary>The types of which there are entries, or were.</summary>
    IReadOnlyList<EntryTable> Tables { get; }

    /// <summary>An entry; gone (<see cref="StoredEntry.IsGone"/>) if it is not there.</summary>
    StoredEntry Find(EntryTable table, EntryKey key);

    /// <summary>Keeps an entry; one that is gone is deleted.</summary>
    void Put(EntryTable table, in StoredEntry entry);

    /// <summary>A page of the entries of a type, in the order in which they came.</summary>
    /// <param name="table">The type.</param>
    /// <param name="scope">Which of them.</param>
    /// <param name="after">The <see cref="NumberedEntry.Number"/> after which the page starts; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<NumberedEntry> Read(EntryTable table, EntryScope scope, long after, int limit);

    /// <summary>How many entries of a type there are, by their expected view.</summary>
    EntryCount Count(EntryTable table);

    /// <summary>A page of the error queue, in the order of the numbers.</summary>
    /// <param name="after">The number after which the page starts; 0 for the first page.</param>
    /// <param name="limit">How many events at most.</param>
    IReadOnlyList<QueuedEvent> ReadQueue(long after, int limit);

    /// <summary>An event of the error queue; null if no event has this number.</summary>
    QueuedEvent? FindQueued(long number);

    /// <summary>Keeps an event of the error queue, in place of one with the same number.</summary>
    void PutQueued(QueuedEvent queued);

    /// <summary>Takes an event out of the error queue.</summary>
    void RemoveQueued(long number);

    /// <summary>Sets a message aside.</summary>
    void AddDeadLetter(DeadLetter letter);

    /// <summary>The messages that were set aside, in order, a page at a time.</summary>
    IReadOnlyList<DeadLetter> ReadDeadLetters(long afterOffset, int limit);

    /// <summary>How many messages were set aside.</summary>
    long DeadLetterCount { get; }

    /// <summary>Stores everything written since the last commit, durably, in one transaction.</summary>
    void Commit();
}

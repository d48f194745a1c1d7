using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>
/// What a client keeps. Everything written since the last commit is one transaction: it is seen by reads at once, and is lost as a whole if
/// the process ends, or the state is disposed, before the next commit. Used by one at a time.
/// </summary>
/// <remarks>
/// What is kept, under which numbers and in which order, is the client's to say; a state keeps it. Secret values are given to it in
/// <see cref="QueuedEvent"/> and <see cref="DeadLetter"/> only, and must not be readable in what it stores. A state in the process itself
/// completes its methods at once.
/// </remarks>
public interface IClientState : IAsyncDisposable
{
    /// <summary>
    /// The number of this opening: greater than that of any before, and stored. Whoever finds a greater one than his own in the store has
    /// been taken for dead, and must not write any more.
    /// </summary>
    long Term { get; }

    /// <summary>Cancelled when it is found out that another has taken over the state.</summary>
    CancellationToken Lost { get; }

    /// <summary>How far the client has come, as last committed.</summary>
    ClientProgress Progress { get; }

    /// <summary>What the client was set up with, as last committed; null before the first initialisation.</summary>
    ClientSetup? Setup { get; }

    /// <summary>
    /// What was appended to the journal of calls since it began, in that order, as it was found at the opening. It must belong to the last commit of
    /// this very state, never to another one or an
    /// older one that was restored. Empty in a state without a journal, whose client then makes the calls since its last commit again when its process has died.
    /// </summary>
    IReadOnlyList<JournaledCall> Journal => [];

    /// <summary>What <see cref="Journal"/> is worth; <see cref="JournalFinding.Whole"/> once something was committed since the opening.</summary>
    JournalFinding JournalFinding => JournalFinding.Incomplete;

    /// <summary>
    /// Returns when the store was found to be sound. To look for damage may take as long as it takes to read all of it, so that it may go on after the opening; nothing is
    /// committed before it is over. A store that need not look has nothing to do here.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ClientStateException">The store is damaged.</exception>
    ValueTask VerifyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Finds entries, all at once.</summary>
    /// <param name="wanted">Where they are kept; none twice.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Those that are there, in any order.</returns>
    ValueTask<IReadOnlyList<TableEntry>> FindAsync(IReadOnlyList<EntryAddress> wanted, CancellationToken cancellationToken);

    /// <summary>The local entries that have links, with their places in the order in which entries came.</summary>
    /// <param name="links">The links; none twice.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>One at most for each link, in any order.</returns>
    ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken);

    /// <summary>The types of which there are entries, or were.</summary>
    ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync(CancellationToken cancellationToken);

    /// <summary>A page of the entries of a type, in the order in which they came.</summary>
    /// <param name="table">The type.</param>
    /// <param name="scope">Which of them.</param>
    /// <param name="after">The <see cref="NumberedEntry.Number"/> after which the page starts; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<NumberedEntry>> ReadAsync(EntryTable table, EntryScope scope, long after, int limit, CancellationToken cancellationToken);

    /// <summary>How many entries of a type there are, by their expected view.</summary>
    ValueTask<EntryCount> CountAsync(EntryTable table, CancellationToken cancellationToken);

    /// <summary>A page of the error queue, in the order of the numbers.</summary>
    /// <param name="after">The number after which the page starts; 0 for the first page.</param>
    /// <param name="limit">How many events at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The events of the error queue that have these numbers, in their order; a number that no event has is left out.</summary>
    ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken);

    /// <summary>Looks for events of the error queue, in the order of the numbers.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">The number after which the search begins; 0 for the beginning.</param>
    /// <param name="limit">How many are found at most.</param>
    /// <param name="most">How many are looked at, at most: so long may the search last.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most, CancellationToken cancellationToken);

    /// <summary>The messages that were set aside, in order, a page at a time.</summary>
    ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(long afterOffset, int limit, CancellationToken cancellationToken);

    /// <summary>How many messages were set aside.</summary>
    ValueTask<long> CountDeadLettersAsync(CancellationToken cancellationToken);

    /// <summary>A page of the references to an entry, in the order in which they came.</summary>
    /// <param name="to">The entry that they refer to.</param>
    /// <param name="after">The <see cref="NumberedReference.Number"/> after which the page starts; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(EntryId to, long after, int limit, CancellationToken cancellationToken);

    /// <summary>As <see cref="ReadReferencesToAsync"/>, for all references that are pending.</summary>
    ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>How many references are pending.</summary>
    ValueTask<long> CountPendingReferencesAsync(CancellationToken cancellationToken);

    /// <summary>Appends a batch of changes to the transaction. Whoever calls may change the lists again when it has returned.</summary>
    ValueTask WriteAsync(ClientChanges changes, CancellationToken cancellationToken);

    /// <summary>
    /// Appends to the journal what came of a call. It has to survive the death of the process from when this returns, but not that of the machine:
    /// nothing is flushed to the disk. May be called by
    /// several at the same time.
    /// </summary>
    /// <exception cref="ClientStateException">It could not be written.</exception>
    void Append(JournaledCall call)
    {
    }

    /// <summary>Lets the journal begin anew with the next commit, which stores all that is in it.</summary>
    void ForgetJournal()
    {
    }

    /// <summary>Stores everything written since the last commit, with how far the client has come, durably, in one transaction.</summary>
    /// <param name="progress">How far the client has come.</param>
    /// <param name="setup">What the client is set up with from now on; null if that has not changed.</param>
    /// <param name="cancellationToken">Gives up; whether it is stored is then not known.</param>
    /// <exception cref="ClientStateException">Another has taken over the state. Nothing was stored.</exception>
    ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken);
}

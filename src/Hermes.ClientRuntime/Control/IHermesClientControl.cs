using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Control;

/// <summary>
/// Controls one client; from dependency injection by the client's name. Requests are answered by the client between two events, so none
/// of them sees half an event. Long work is done in slices of a tenth of a second, between which they are served.
/// </summary>
/// <remarks>
/// Every request that needs the client's state throws <see cref="NotRunningException"/> with the reason if it is not being answered after a second:
/// the client was not started, has stopped or
/// failed, waits for its state, or a call of its target takes long. A list throws <see cref="ArgumentException"/> if it does not have what the query asks for.
/// </remarks>
public interface IHermesClientControl
{
    /// <summary>The name of the client.</summary>
    string Name { get; }

    /// <summary>How the client is doing. Never waits.</summary>
    ClientStatus Status { get; }

    /// <summary>
    /// Calls the target no more until resumed: it applies, retries and purges nothing. Calls in flight are ended; returns when they are, or after a
    /// second. A client that does not work yet is paused
    /// when it does.
    /// </summary>
    Task PauseAsync(CancellationToken cancellationToken = default);

    /// <summary>Goes on.</summary>
    Task ResumeAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops the client for good; the host and other clients go on. Returns when it has stopped.</summary>
    Task StopAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns when every message that is on the bus now has been processed, every retry and removal from the trashbin that is due now has
    /// been tried, and the outcome is stored: however long that takes, over pauses and failures.
    /// </summary>
    Task WhenCaughtUpAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a complete initsync as the whole truth: what the client lacks is added, what differs is modified, what is not in it is removed. It is the latest one on
    /// the bus, with what the client has seen behind it, or the next one that comes. Written to the log with the reason.
    /// </summary>
    /// <param name="reason">Who decided so, and why.</param>
    /// <param name="producer">
    /// The producer that is followed from then on: its next initsync is taken, and no other. Null (the default): the one that is followed already, or, where nothing of that is on
    /// the bus, whoever sends the next.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>True if it begins at once; false if the client waits for an initsync: ask the server for one.</returns>
    Task<bool> ReinitialiseAsync(string reason, string? producer = null, CancellationToken cancellationToken = default);

    /// <summary>The removals that wait for a decision.</summary>
    /// <param name="query">Which page. Sets have types. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<HeldRemovalsInfo>> ListHeldRemovalsAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The entries of a set whose removal waits for a decision, in the order in which they came.</summary>
    /// <param name="type">The type, as <see cref="HeldRemovalsInfo.Type"/> tells it.</param>
    /// <param name="query">Which page. Entries have keys. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Empty if nothing of the type waits.</returns>
    Task<Page<EntryKey>> ListHeldEntriesAsync(string type, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets removals that wait be made. If others of the same re-initialisation need a decision too, they are made when those are decided. The decision is in the
    /// state and in the log.
    /// </summary>
    /// <param name="type">The type, as <see cref="HeldRemovalsInfo.Type"/> tells it.</param>
    /// <param name="digest">The digest of the set, as <see cref="HeldRemovalsInfo.Digest"/> tells it.</param>
    /// <param name="by">Who decides, and why.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of the type waits.</exception>
    Task ApproveRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken = default);

    /// <summary>Keeps the entries whose removal waits, without asking again. The decision is in the state and in the log.</summary>
    /// <param name="type">The type, as <see cref="HeldRemovalsInfo.Type"/> tells it.</param>
    /// <param name="digest">The digest of the set, as <see cref="HeldRemovalsInfo.Digest"/> tells it.</param>
    /// <param name="by">Who decides, and why.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of the type waits.</exception>
    Task RejectRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken = default);

    /// <summary>Compares what the target holds with what it was given, and puts right what differs.</summary>
    IClientComparisons Comparisons { get; }

    /// <summary>Which object of the target is which entry's.</summary>
    IClientLinks Links { get; }

    /// <summary>How many entries of each type there are.</summary>
    Task<IReadOnlyList<EntryCounts>> CountEntriesAsync(CancellationToken cancellationToken = default);

    /// <summary>The entries of a type in both views, in the order in which they came.</summary>
    /// <param name="table">The type.</param>
    /// <param name="query">
    /// Which page. Entries have keys, states (<see cref="EntryPresence"/>) and kinds (<see cref="EntryAgreement"/>). Default: the first.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<StoredEntry>> ListEntriesAsync(EntryTable table, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The error queue, in order.</summary>
    /// <param name="query">
    /// Which page. Events have local types, keys, messages, times (<see cref="QueuedEventInfo.Since"/>), groups, kinds (<see cref="LocalEventKind"/>) and states
    /// (<see cref="QueuedEventState"/>). Default: the first.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<QueuedEventInfo>> ListErrorQueueAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>What the events of the error queue failed of: the largest group first. The places in this list move when the counts do.</summary>
    /// <param name="query">Which page. The text is the message without its values. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<FailureGroup>> ListFailureGroupsAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The operations of this client.</summary>
    IOperations Operations { get; }

    /// <summary>
    /// Tries events of the error queue now, whether due or not, except those that wait for others. With an event, all of its entry are tried: the earlier ones come first.
    /// </summary>
    /// <param name="selection">Which events.</param>
    /// <param name="by">Who wants it, and why.</param>
    /// <param name="cancellationToken">Gives up before it is begun.</param>
    /// <returns>When it is begun; it goes on in the background, in slices.</returns>
    /// <exception cref="ArgumentException">The client is paused, or not initialised yet, or the filter names what the list does not have.</exception>
    Task<Operation> RetryAsync(EventSelection selection, DecidedBy by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Drops events from the error queue: the target never gets them. The next event of the entry brings along what was dropped. Each is written to the log.
    /// </summary>
    /// <param name="selection">Which events.</param>
    /// <param name="by">Who decides so, and why.</param>
    /// <param name="cancellationToken">Gives up before it is begun.</param>
    /// <returns>When it is begun; it goes on in the background, in slices.</returns>
    /// <exception cref="ArgumentException">The client is not initialised yet, or the filter names what the list does not have.</exception>
    Task<Operation> DiscardAsync(EventSelection selection, DecidedBy by, CancellationToken cancellationToken = default);

    /// <summary>The trashbin, type by type, and in each as the entries came.</summary>
    /// <param name="query">Which page. Entries have types (of the server), keys and times (<see cref="TrashedEntry.Since"/>). Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<TrashedEntry>> ListTrashbinAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Removes entries from the trashbin for good, now: children before parents. What the target refuses waits in the error queue.</summary>
    /// <param name="selection">Which entries.</param>
    /// <param name="by">Who decides so, and why.</param>
    /// <param name="cancellationToken">Gives up before it is begun.</param>
    /// <returns>When it is begun; it goes on in the background, in slices.</returns>
    /// <exception cref="ArgumentException">The client is paused, or not initialised yet, or the filter names what the list does not have.</exception>
    Task<Operation> PurgeAsync(TrashSelection selection, DecidedBy by, CancellationToken cancellationToken = default);

    /// <summary>The references that the target does not have yet, although it has the entries that refer; in the order in which they came.</summary>
    /// <param name="query">Which page. Type and key are those of the entry that refers. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<PendingReference>> ListPendingReferencesAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The messages that were set aside, in the order of the bus.</summary>
    /// <param name="query">Which page. They have messages (<see cref="DeadLetter.Reason"/>) and times. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<DeadLetter>> ListDeadLettersAsync(ListQuery? query = null, CancellationToken cancellationToken = default);
}

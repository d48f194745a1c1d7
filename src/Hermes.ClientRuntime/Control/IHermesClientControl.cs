using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Control;

/// <summary>
/// Controls one client; from dependency injection by the client's name. Requests are answered by the client between two events, so none
/// of them sees half an event. Long work is done in slices of a tenth of a second, between which they are served.
/// </summary>
/// <remarks>
/// Every request that needs the client's state throws <see cref="NotRunningException"/> with the reason if it is not being answered after a second:
/// the client was not started, has stopped or
/// failed, waits for its state, or a call of its target takes long.
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
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>True if it begins at once; false if the client waits for an initsync: ask the server for one.</returns>
    Task<bool> ReinitialiseAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>The removals that wait for a decision.</summary>
    Task<IReadOnlyList<HeldRemovalsInfo>> ListHeldRemovalsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets removals that wait be made. If others of the same re-initialisation need a decision too, they are made when those are decided. The decision is in the
    /// state and in the log.
    /// </summary>
    /// <param name="type">The type, as <see cref="HeldRemovalsInfo.Type"/> tells it.</param>
    /// <param name="digest">The digest of the set, as <see cref="HeldRemovalsInfo.Digest"/> tells it.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of the type waits.</exception>
    Task ApproveRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken = default);

    /// <summary>Keeps the entries whose removal waits, without asking again. The decision is in the state and in the log.</summary>
    /// <param name="type">The type, as <see cref="HeldRemovalsInfo.Type"/> tells it.</param>
    /// <param name="digest">The digest of the set, as <see cref="HeldRemovalsInfo.Digest"/> tells it.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of the type waits.</exception>
    Task RejectRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken = default);

    /// <summary>Compares what the target holds with what it was given, and puts right what differs.</summary>
    IClientComparisons Comparisons { get; }

    /// <summary>Which object of the target is which entry's.</summary>
    IClientLinks Links { get; }

    /// <summary>How many entries of each type there are.</summary>
    Task<IReadOnlyList<EntryCounts>> CountEntriesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The entries of a type in both views, in the order in which they came. For inspection and tests: all are read at once.
    /// </summary>
    Task<IReadOnlyList<StoredEntry>> ListEntriesAsync(EntryTable table, CancellationToken cancellationToken = default);

    /// <summary>The error queue, in order.</summary>
    Task<IReadOnlyList<QueuedEventInfo>> ListErrorQueueAsync(CancellationToken cancellationToken = default);

    /// <summary>Tries all events of the error queue now, except those that wait for others. Returns when all were tried.</summary>
    /// <exception cref="ArgumentException">The client is paused, or not initialised yet.</exception>
    Task RetryAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Tries the entry of one event now; its earlier events first.</summary>
    /// <returns>False if no event has this number.</returns>
    Task<bool> RetryAsync(long number, CancellationToken cancellationToken = default);

    /// <summary>
    /// Drops one event from the error queue: the target never gets it. The next event of the entry brings along what was dropped. Written
    /// to the log with the reason.
    /// </summary>
    /// <param name="number">The number of the event.</param>
    /// <param name="reason">Who decided so, and why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False if no event has this number.</returns>
    Task<bool> DiscardAsync(long number, string reason, CancellationToken cancellationToken = default);

    /// <summary>The trashbin.</summary>
    Task<IReadOnlyList<TrashedEntry>> ListTrashbinAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes an entry from the trashbin for good, now.</summary>
    /// <returns>False if it is not in the trashbin.</returns>
    Task<bool> PurgeAsync(string remoteType, EntryKey key, CancellationToken cancellationToken = default);

    /// <summary>The references that the target does not have yet, although it has the entries that refer; in the order in which they came.</summary>
    Task<IReadOnlyList<PendingReference>> ListPendingReferencesAsync(CancellationToken cancellationToken = default);

    /// <summary>The messages that were set aside, in order.</summary>
    Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(CancellationToken cancellationToken = default);
}

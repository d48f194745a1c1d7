using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;

namespace Hermes.ServerRuntime.Control;

/// <summary>
/// Controls a running server. From DI, keyed by the server's name, and without a key if there is only one. Usable from several threads
/// while the server works; requests are served one after the other, between polls.
/// </summary>
/// <remarks>
/// Every request throws <see cref="NotRunningException"/> when the server has not started yet, has stopped or failed. While it waits for its state, requests that change something
/// wait too. Lists are answered in the midst of a poll, and throw with the reason if they are not within a second; they throw <see cref="ArgumentException"/> if the list
/// does not have what the query asks for.
/// </remarks>
public interface IHermesServerControl
{
    /// <summary>The name of the server.</summary>
    string Name { get; }

    /// <summary>What the server is doing and what it found. A snapshot; never waits.</summary>
    ServerStatus Status { get; }

    /// <summary>
    /// Polls now and returns when what it found is on the bus. A failure is told in the result, and tried again as any other.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server is paused.</exception>
    Task<PollResult> UpdateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends all cached entries as an initsync sequence, from which new clients start, and polls afterwards, so that new clients get the
    /// secret attributes too. Returns when all is on the bus.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server is paused.</exception>
    Task<PollResult> InitSyncAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds out what a poll would send now. Sends and stores nothing.</summary>
    /// <param name="maxChangesPerType">How many changes of a type and kind are told in full; all are counted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<PollPreview> PreviewAsync(int maxChangesPerType = 1000, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds out what the data model of this configuration changes in what clients were told, and how many entries lose something by it. To be asked before the host starts: a
    /// server that runs has told it. Opens the state for that, and nothing else; sends and changes nothing.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The server was started.</exception>
    /// <exception cref="Abstractions.Configuration.HermesConfigurationException">The configuration is wrong.</exception>
    /// <exception cref="State.ServerStateException">The state cannot be read, or is in use by a host that runs.</exception>
    Task<SchemaPreview> PreviewSchemaAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops polling until <see cref="ResumeAsync"/>; returns when the work in hand is done.</summary>
    Task PauseAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends a pause; the server polls at once.</summary>
    Task ResumeAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops this server until the host starts again; returns when the work in hand is done.</summary>
    Task StopAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets removals that await approval go out, and polls at once. Those of entries go out when those of other types are decided too. The decision is
    /// in the state and in the log.
    /// </summary>
    /// <param name="type">The type, or the type and the attribute that vanished, such as <c>Users.mail</c>: <see cref="HeldRemovals.Name"/>.</param>
    /// <param name="digest">The digest of the set, as <see cref="HeldRemovals.Digest"/> tells it.</param>
    /// <param name="by">Who decides, and why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of this name awaits approval, or the server is paused.</exception>
    Task<PollResult> ApproveRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps the entries whose removal awaits approval, or the attribute that vanished from them, for as long as their sources do not return it, without asking again.
    /// The decision is in the state and in the log.
    /// </summary>
    /// <param name="type">The type, or the type and the attribute that vanished, such as <c>Users.mail</c>: <see cref="HeldRemovals.Name"/>.</param>
    /// <param name="digest">The digest of the set, as <see cref="HeldRemovals.Digest"/> tells it.</param>
    /// <param name="by">Who decides, and why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of this name awaits approval.</exception>
    Task RejectRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken = default);

    /// <summary>The removals that are not sent: those that await a decision, and behind them those that were rejected. Never waits.</summary>
    /// <param name="query">Which page. Sets have types and states (<see cref="HeldState"/>). Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<HeldRemovals>> ListHeldRemovalsAsync(ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The entries of a set that awaits a decision, as they are cached.</summary>
    /// <param name="name">The set: <see cref="HeldRemovals.Name"/>.</param>
    /// <param name="query">Which page. Entries have keys. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Empty if nothing of this name awaits a decision, or the type has left the data model, so that its keys cannot be told.</returns>
    Task<Page<ServerEntry>> ListHeldEntriesAsync(string name, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The cached entries of a type, in the order in which they came.</summary>
    /// <param name="type">The type.</param>
    /// <param name="query">Which page. Entries have keys. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The server has no such type.</exception>
    Task<Page<ServerEntry>> ListEntriesAsync(string type, ListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// What was the matter with entries at the last poll of this run, by type, kind and key: bad rows, inconsistencies, conflicts, and entries that constraints dropped. Of
    /// each kind and type, 10,000 are named at most; all are counted.
    /// </summary>
    /// <param name="query">Which page. Findings have types, keys, kinds (<see cref="EntryFindingKind"/>), and the text is the problem. Default: the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Page<EntryFinding>> ListFindingsAsync(ListQuery? query = null, CancellationToken cancellationToken = default);
}

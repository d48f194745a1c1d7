using Hermes.Runtime.Control;

namespace Hermes.ServerRuntime.Control;

/// <summary>
/// Controls a running server. From DI, keyed by the server's name, and without a key if there is only one. Usable from several threads
/// while the server works; requests are served one after the other, between polls.
/// </summary>
/// <remarks>
/// Every request throws <see cref="NotRunningException"/> when the server has not started yet, has stopped or failed. While it waits for its state, requests wait too.
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
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of this name awaits approval, or the server is paused.</exception>
    Task<PollResult> ApproveRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps the entries whose removal awaits approval, or the attribute that vanished from them, for as long as their sources do not return it, without asking again.
    /// The decision is in the state and in the log.
    /// </summary>
    /// <param name="type">The type, or the type and the attribute that vanished, such as <c>Users.mail</c>: <see cref="HeldRemovals.Name"/>.</param>
    /// <param name="digest">The digest of the set, as <see cref="HeldRemovals.Digest"/> tells it.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="Runtime.Guard.HeldSetChangedException">Another set waits by now; says which.</exception>
    /// <exception cref="InvalidOperationException">Nothing of this name awaits approval.</exception>
    Task RejectRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken = default);
}

using Hermes.ClientRuntime.State;
using Hermes.Runtime.State;

namespace Hermes.Testing.State;

/// <summary>
/// The state of a client in memory. It lives as long as this object, so that a client can be stopped, or killed, and started again on it.
/// What was not committed is lost by a kill, as it is on a disk.
/// </summary>
public sealed class InMemoryClientState : IClientStateStore
{
    private static readonly TimeSpan TimeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ClientMemory _memory = new();

    /// <summary>How often something was committed.</summary>
    public int Commits => _memory.Commits;

    /// <inheritdoc/>
    public async ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        if (_memory.TryOpen(out var state))
            return state;
        opening.Waiting("The client state in memory is in use by another client.");
        do
        {
            await Task.Delay(TimeBetweenLooks, opening.Time, cancellationToken);
        }
        while (!_memory.TryOpen(out state));
        return state;
    }

    /// <summary>
    /// Does to the state what the death of its process does: everything since the last commit is lost but what came of the calls of the target, and the client that
    /// has it open can do nothing more with it.
    /// </summary>
    public void Kill() => _memory.Close();

    /// <summary>As <see cref="Kill"/>, right after so many more commits.</summary>
    /// <returns>Completes when it is done.</returns>
    public Task KillAfterAsync(int commits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(commits);
        return _memory.CloseAfterAsync(commits);
    }

    /// <summary>Does to the state what a power cut does: everything since the last commit is lost.</summary>
    public void CutPower()
    {
        _memory.Close();
        _memory.Journal.Clear();
        _memory.JournalFinding = JournalFinding.Incomplete;
    }

    /// <summary>
    /// Does what happens when a client that has the state open is taken for dead, although it is not: everything since the last commit is lost, and another
    /// client may open the state. What the first one still writes is refused.
    /// </summary>
    public void Abandon() => _memory.Abandon();
}

using Hermes.ClientRuntime.Mapping;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Control;

/// <summary>Shows how a client is doing: written by the client, read by anybody.</summary>
internal sealed class ClientStatusBoard(TimeProvider time)
{
    private readonly StatusBoard<ClientStatus> _board = new(ClientStatus.NotStarted);
    private volatile bool _isPaused;
    private BoundModel? _warned;

    public ClientStatus Current => _board.Current;

    public bool IsPaused => _isPaused;

    public void Started() => _board.Update(status => status with { State = RunState.Starting, StartedAt = time.GetUtcNow() });

    public void Enter(RunState state) => _board.Update(status => status with { State = state, WaitsFor = null });

    /// <summary>Tells that another process holds the state.</summary>
    public void WaitForState(string reason) => _board.Update(status => status with { State = RunState.WaitingForState, WaitsFor = reason });

    /// <summary>Tells what is the matter; <see cref="Publish"/> takes it back when the client works again.</summary>
    public void Fail(RunState state, string error) => _board.Update(status => status with { State = state, LastError = error, WaitsFor = null });

    public void Pause()
    {
        _isPaused = true;
        _board.Update(status => status with
        {
            State = status.State is RunState.Working or RunState.Waiting ? RunState.Paused : status.State,
            PausedSince = status.PausedSince ?? time.GetUtcNow(),
        });
    }

    public void Resume()
    {
        _isPaused = false;
        _board.Update(status => status with { State = status.State == RunState.Paused ? RunState.Working : status.State, PausedSince = null });
    }

    /// <summary>Shows how the client is doing.</summary>
    /// <param name="session">What is told.</param>
    /// <param name="state">Whether it works or waits; a client that is paused does neither.</param>
    public void Publish(ClientSession session, RunState state) => _board.Update(status => status with
    {
        State = _isPaused ? RunState.Paused : session.Following.Behind is not null && state != RunState.Reinitialising ? RunState.Behind : state,
        Producer = session.Following.Producer,
        Behind = session.Following.Behind?.Reason,
        HeldRemovals = session.HeldRemovals,
        WaitsFor = null,
        NextOffset = session.Position.Next,
        QueuedEvents = session.Queue.Count,
        DeadLetters = session.DeadLetters,
        PendingReferences = session.References.Count,
        LastError = null,
        Warnings = WarningsOf(session, status),
    });

    /// <summary>Shows what has changed, before who waited for it is told: whoever looks then sees it.</summary>
    public void Refresh(ClientSession session) => Publish(session, Current.State);

    private IReadOnlyList<string> WarningsOf(ClientSession session, ClientStatus status)
    {
        if (ReferenceEquals(_warned, session.Bound))
            return status.Warnings;
        _warned = session.Bound;
        return ModelFindings.Warnings(session.Bound);
    }
}

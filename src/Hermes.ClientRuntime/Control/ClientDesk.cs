using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Mapping;

namespace Hermes.ClientRuntime.Control;

/// <summary>Where the client and those who control it meet: requests, status, and who waits for the client to catch up.</summary>
internal sealed class ClientDesk(string client, TimeProvider time)
{
    private readonly List<(BusOffset? Last, TaskCompletionSource Done)> _waiters = [];
    private volatile ClientStatus _status = ClientStatus.NotStarted;
    private volatile bool _isPaused;
    private BoundModel? _warned;

    public Mailbox Mailbox { get; } = new();

    public ClientStatus Status => _status;

    public bool IsPaused => _isPaused;

    public void Started() => _status = _status with { Phase = ClientPhase.Starting, StartedAt = time.GetUtcNow() };

    public void Enter(ClientPhase phase) => _status = _status with { Phase = phase };

    /// <summary>Tells what is the matter; <see cref="Publish"/> takes it back when the client works again.</summary>
    public void Fail(ClientPhase phase, string error) => _status = _status with { Phase = phase, LastError = error };

    public void Pause()
    {
        _isPaused = true;
        _status = _status with { Phase = ClientPhase.Paused, PausedSince = _status.PausedSince ?? time.GetUtcNow() };
    }

    public void Resume()
    {
        _isPaused = false;
        _status = _status with { Phase = ClientPhase.Running, PausedSince = null };
    }

    /// <summary>Shows how the client is doing.</summary>
    public void Publish(ClientSession session)
    {
        var status = _status;
        var warnings = ReferenceEquals(_warned, session.Bound) ? status.Warnings : ModelFindings.Warnings(session.Bound);
        _warned = session.Bound;
        _status = status with
        {
            Phase = _isPaused ? ClientPhase.Paused : ClientPhase.Running,
            NextOffset = session.Position.Next,
            QueuedEvents = session.Queue.Count,
            DeadLetters = session.DeadLetters,
            LastError = null,
            Warnings = warnings,
        };
    }

    /// <summary>Registers someone who waits until everything up to an offset is done; called by the client itself.</summary>
    public void AddWaiter(BusOffset? last, TaskCompletionSource done) => _waiters.Add((last, done));

    /// <summary>Tells those whose messages are done. Everything done is stored.</summary>
    public void CompleteWaiters(ClientSession session) => _waiters.RemoveAll(waiter =>
    {
        var isDone = waiter.Last is not { } last || session.Position.Next > last;
        if (isDone)
            waiter.Done.TrySetResult();
        return isDone;
    });

    public void Close(ClientPhase phase)
    {
        Enter(phase);
        var reason = new ClientNotRunningException(client, _status.LastError);
        Mailbox.Close(reason);
        foreach (var (_, done) in _waiters)
            done.TrySetException(reason);
        _waiters.Clear();
    }
}

using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Decides whether a new event may go to the target or has to wait in the error queue.</summary>
internal sealed class Gate(ClientSession session)
{
    /// <returns>Why the event has to wait, in the form in which the queue keeps it; null if it may go.</returns>
    public AttemptLog? Run(LocalEvent @event)
    {
        if (Hold.ReasonFor(session.Queue, session.Model.Settings.ForeignKeys, @event.Id, @event.RemoteId, @event.Kind) is { } reason)
            return AttemptLog.Waiting(reason);
        return @event.Fault is { } fault ? new AttemptLog(1, session.Now, fault, [], false, false) : null;
    }
}

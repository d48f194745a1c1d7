using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Decides of each event whether it may go to the target or has to wait in the error queue.</summary>
internal sealed class Gate(ClientSession session) : IClientStep
{
    public ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var @event in run.Events)
        {
            if (!@event.IsInWork || @event.Converted is not { } converted)
                continue;
            foreach (var transition in converted.Locals)
            {
                if (transition.Event is { } local)
                    transition.Waiting = WaitOf(local, @event.IsRedelivery);
            }
        }

        return ValueTask.CompletedTask;
    }

    // Null if it may go.
    private AttemptLog? WaitOf(LocalEvent @event, bool isRedelivery)
    {
        if (Hold.ReasonFor(session.Queue, session.Model.Settings.ForeignKeys, @event.Id, @event.RemoteId, @event.Kind) is { } reason)
            return AttemptLog.Waiting(reason) with { IsInFlight = isRedelivery };
        return @event.Fault is { } fault
            ? new AttemptLog(1, session.Now, fault, [], false, false) { WasBrokenOff = isRedelivery, Cause = MessagePattern.CauseOf(fault, @event) }
            : null;
    }
}

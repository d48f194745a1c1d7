using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Decides of each event whether it may go to the target or has to wait in the error queue.</summary>
internal sealed class Gate(ClientSession session) : IClientStep
{
    private const string ForReplays = "waits for the events that may have been with the target before the machine went down, or a backup was put back";

    public ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var @event in run.Events)
        {
            if (!@event.IsInWork || @event.Converted is not { } converted)
                continue;
            foreach (var transition in converted.Locals)
            {
                if (transition.Event is { } local)
                    transition.Waiting = WaitOf(local, @event);
            }
        }

        return ValueTask.CompletedTask;
    }

    // Null if it may go.
    private AttemptLog? WaitOf(LocalEvent local, RunEvent @event)
    {
        if (Hold.ReasonFor(session.Queue, session.Model.Settings.ForeignKeys, local.Id, local.RemoteId, local.Kind) is { } reason)
            return Waiting(reason, @event);
        if (local.Fault is { } fault)
            return new AttemptLog(1, session.Now, fault, [], false, false) { WasBrokenOff = @event.IsRedelivery, Cause = MessagePattern.CauseOf(fault, local) };
        return @event.Delivery == Delivery.Replay ? Waiting(ForReplays, @event) : null;
    }

    // What waits while others come that the target may have got before is merged with them.
    private static AttemptLog Waiting(string reason, RunEvent @event) =>
        AttemptLog.Waiting(reason) with { IsInFlight = @event.Delivery == Delivery.Again, WasBrokenOff = @event.Delivery == Delivery.Replay };
}

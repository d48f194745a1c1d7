using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>One call after the other, strictly in order.</summary>
internal sealed class CallsInOrder(ClientSession session) : ICalls
{
    public async ValueTask MakeAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var @event in run.Events)
        {
            if (!@event.IsInWork || @event.Converted is not { } converted)
                continue;
            foreach (var transition in converted.Locals)
            {
                if (!transition.IsCall)
                    continue;
                cancellationToken.ThrowIfCancellationRequested();
                run.Begin(@event);
                var outcome = await session.Services.Target.ApplyAsync(
                    transition.Event!,
                    transition.Before,
                    CallId.OfMessage(@event.Offset, transition.Type.Name),
                    AttemptLog.None,
                    @event.IsRedelivery,
                    @event.Trace?.Context ?? default,
                    cancellationToken);
                transition.Outcome = outcome;

                // The handler of the next local type may look up what this one did.
                if (converted.Locals.Length > 1)
                    session.Put(EntryTable.Local(transition.Type.Name), outcome.Over(transition.Before));
            }
        }
    }
}

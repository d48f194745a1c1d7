using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Brings the events that may go to the target, and takes over a new data schema. What comes of each call is in its transition.</summary>
internal sealed class Apply(ClientSession session, SchemaChange schemaChange) : IClientStep
{
    private readonly ICalls _calls = session.Model.Settings.MaxConcurrency > 1 ? new CallsTogether(session) : new CallsInOrder(session);

    public async ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        try
        {
            if (run.Events is [{ IsInWork: true, Event: DataSchemaEvent changed } @event])
                await TakeOverAsync(run, @event, changed, cancellationToken);
            else
                await _calls.MakeAsync(run, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            run.Stop();
        }
    }

    private async ValueTask TakeOverAsync(EventRun run, RunEvent @event, DataSchemaEvent changed, CancellationToken cancellationToken)
    {
        // It commits on its way, when it purges.
        session.Position.MoveTo(@event.Offset);
        run.Begin(@event);
        try
        {
            await schemaChange.RunAsync(changed.Schema, cancellationToken);
        }
        catch (ContradictionException contradiction)
        {
            @event.SetAside(contradiction.Message);
        }
    }
}

/// <summary>Makes the calls of a run of events. The kinds differ in how many of them are with the target at the same time.</summary>
internal interface ICalls
{
    /// <summary>Makes the calls and keeps the outcome of each in its transition.</summary>
    /// <exception cref="OperationCanceledException">The client stops. What has an outcome is done; of what was begun and has none, it is not known.</exception>
    ValueTask MakeAsync(EventRun run, CancellationToken cancellationToken);
}

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

/// <summary>
/// The calls of all events of a run at the same time; those of a single event in order. If the client stops meanwhile, none of them has an outcome.
/// </summary>
internal sealed class CallsTogether(ClientSession session) : ICalls
{
    private readonly CallsInOrder _inOrder = new(session);

    public async ValueTask MakeAsync(EventRun run, CancellationToken cancellationToken)
    {
        if (run.Events.Count == 1)
        {
            await _inOrder.MakeAsync(run, cancellationToken);
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var called = new List<LocalTransition>(run.Events.Count);
        var calls = new List<Task<CallOutcome>>(run.Events.Count);
        foreach (var @event in run.Events)
        {
            if (@event is not { IsInWork: true, Converted.Locals: [{ IsCall: true } transition] })
                continue;
            run.Begin(@event);
            called.Add(transition);
            calls.Add(session.Services.Target.ApplyAsync(
                transition.Event!,
                transition.Before,
                CallId.OfMessage(@event.Offset, transition.Type.Name),
                AttemptLog.None,
                @event.IsRedelivery,
                @event.Trace?.Context ?? default,
                cancellationToken).AsTask());
        }

        // All have ended when one was broken off, but then it is not told how the others ended.
        var outcomes = await Task.WhenAll(calls);
        for (var i = 0; i < outcomes.Length; i++)
            called[i].Outcome = outcomes[i];
    }
}

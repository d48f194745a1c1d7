using System.Diagnostics;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Guard;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Writes what came of each event, in their order: into the views, into the error queue, among the messages set aside. Reading goes on behind the last
/// one that is done: of a run that was stopped, the rest comes again. The commit is the loop's.
/// </summary>
internal sealed class Store(ClientSession session) : IClientStep
{
    private readonly LocalViews _local = new(session);
    private readonly RemoteViews _remote = new(session);
    private readonly HeldEntries _held = new(session);
    private readonly Enqueue _enqueue = new(session);

    public async ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var @event in run.Events)
        {
            if (!await TryStoreAsync(run, @event))
                return;
            session.Position.MoveBehind(@event.Incoming.Message);
        }
    }

    // False if there is something in the event that was not done.
    private async ValueTask<bool> TryStoreAsync(EventRun run, RunEvent @event)
    {
        // What is logged here belongs to the trace of the event.
        if (@event.Trace is { } trace)
            Activity.Current = trace;
        if (@event.Fault is { } fault)
            session.SetAside(@event.Incoming.Message, fault);
        if (!@event.IsInWork)
            return true;
        if (@event.Converted is not { } converted)
            return !run.IsStopped;
        foreach (var transition in converted.Locals)
        {
            if (transition is { IsCall: true, Outcome: null })
                return false;
            if (!TryFollow(transition))
                await QueueAsync(transition);
        }

        _remote.Follow(converted);
        _held.Follow((EntryEvent)@event.Event!);
        return true;
    }

    // Nothing is left to do: nearly all are like that.
    private bool TryFollow(LocalTransition transition)
    {
        if (transition.Event is null)
        {
            _local.Follow(transition);
            return true;
        }

        if (transition.Waiting is not null || transition.Outcome is not { Failure: null } outcome)
            return false;
        if (outcome.WasMissing)
            TellMadeAnew(transition);
        _local.Applied(transition, outcome);
        session.Queue.Conflicts.Free(transition.Event.Id);
        return true;
    }

    private ValueTask QueueAsync(LocalTransition transition)
    {
        if (transition.Waiting is { } waiting)
            return _enqueue.RunAsync(transition, transition.Before, waiting);
        var outcome = transition.Outcome!.Value;
        if (!outcome.WasMissing)
            return _enqueue.RunAsync(transition, outcome.Over(transition.Before), outcome.Failure!);
        TellMadeAnew(transition);
        return _enqueue.RunAsync(transition.MadeAnew(), outcome.Over(transition.Before), outcome.Failure!);
    }

    private void TellMadeAnew(LocalTransition transition)
    {
        session.Services.Log.MadeAnew(session.Model.Name, transition.Event!.Id.ToString());
        session.Missing.Add(transition.Event.RemoteId);
    }
}

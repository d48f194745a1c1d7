using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Tries one event of the error queue, and writes what came of it.</summary>
internal sealed class RetryCall(ClientSession session)
{
    private readonly RemoteViews _remote = new(session);
    private readonly Remediate _remediate = new(session);
    private readonly StepAside _stepAside = new(session);

    /// <param name="queued">The event, as it was before its call was announced.</param>
    /// <param name="announced">What else is announced.</param>
    /// <param name="cancellationToken">The client stops: what was not begun is as it was, and of what was, it is not known.</param>
    /// <returns>Whether the target has applied it.</returns>
    public async ValueTask<bool> RunAsync(QueuedEvent queued, AnnouncedCalls announced, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            session.PutQueued(queued);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (await ConvertedAsync(queued) is not { } ready)
            return false;
        var table = EntryTable.Local(ready.Event.Type);
        var before = await session.FindAsync(table, ready.Event.Key);
        try
        {
            await _stepAside.RunAsync(ready, cancellationToken);
            var outcome = await session.Services.Target.ApplyAsync(
                ready.Event, before, CallId.OfQueued(ready.Number), ready.Attempts, ready.Attempts.MayBeApplied, default, cancellationToken);
            session.Put(table, outcome.Over(before));
            if (outcome.WasMissing)
                ready = MadeAnew(ready);
            if (outcome.Failure is { } failure)
                await StayAsync(ready, failure, announced);
            else
                await LeaveAsync(ready);
            return outcome.IsApplied;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            session.PutQueued(ready with { Attempts = ready.Attempts with { IsInFlight = true } });
            throw;
        }
    }

    private QueuedEvent MadeAnew(QueuedEvent ready)
    {
        session.Services.Log.MadeAnew(session.Model.Name, ready.Id.ToString());
        session.Missing.Add(ready.Event.RemoteId);
        return ready with { Event = ready.Event with { Kind = LocalEventKind.Added } };
    }

    private async ValueTask StayAsync(QueuedEvent failed, AttemptLog failure, AnnouncedCalls announced)
    {
        session.PutQueued(failed with { Attempts = failure });
        session.Services.Log.RetryFailed(session.Model.Name, failed.ToString(), failure.Count, failure.Message);
        announced.Withdraw(failed.Id);
        await _remediate.RunAsync(failed.Id);
    }

    private async ValueTask LeaveAsync(QueuedEvent applied)
    {
        session.RemoveQueued(applied.Number);
        session.Queue.Conflicts.Free(applied.Id);
        if (!applied.Attempts.CompletedSteps.IsEmpty)
            session.References.Recheck(applied.Id);
        await _remote.FollowAsync(applied);
        session.Services.Log.RetrySucceeded(session.Model.Name, applied.ToString());
    }

    // A conversion that failed is made good from what the target has.
    private async ValueTask<QueuedEvent?> ConvertedAsync(QueuedEvent queued)
    {
        var @event = queued.Event;
        if (@event.Fault is null)
            return queued;
        if (!session.Bound.TryGetType(@event.Type, out var type))
        {
            session.PutQueued(queued);
            return null;
        }

        var local = await session.FindAsync(EntryTable.Local(@event.Type), @event.Key);
        try
        {
            var ready = queued with { Event = LateConversion.Of(type, @event, local.Applied) };
            if (session.Queue.LastOf(queued.Id)!.Number == queued.Number)
                session.Put(EntryTable.Local(@event.Type), local with { Expected = ready.Event.Local });
            return ready;
        }
        catch (TemplateException exception)
        {
            session.PutQueued(queued with
            {
                Event = @event with { Fault = exception.Message },
                Attempts = queued.Attempts with
                {
                    Count = queued.Attempts.Count + 1,
                    Last = session.Now,
                    Message = exception.Message,
                    Cause = MessagePattern.CauseOf(exception.Message, @event),
                    IsInFlight = false,
                    WasBrokenOff = queued.Attempts.MayBeApplied,
                },
            });
            return null;
        }
    }
}

/// <summary>
/// Lets the object that has what an event needs step aside, where waiting would not help: it lies in the trashbin, or its entry waits itself for the one of the event,
/// as when two people swap their logins. The change of a live one puts it right when it is applied, be it after a restart.
/// </summary>
internal sealed class StepAside(ClientSession session)
{
    public async ValueTask RunAsync(QueuedEvent waiting, CancellationToken cancellationToken)
    {
        if (waiting.Attempts.Holder is not { } holder || (!await IsTrashedAsync(holder) && !IsWaitingFor(holder, waiting.Id)))
            return;
        var (isDone, fault) = await session.Services.Target.StepAsideAsync(holder, cancellationToken);
        if (isDone)
            session.Services.Log.SteppedAside(session.Model.Name, holder.ToString(), waiting.ToString());
        else if (fault is not null)
            session.Services.Log.DidNotStepAside(session.Model.Name, holder.ToString(), waiting.ToString(), fault);
    }

    private async ValueTask<bool> IsTrashedAsync(EntryId entry) =>
        (await session.FindAsync(EntryTable.Local(entry.Type), entry.Key)).Applied is { IsTrashed: true };

    // Directly, or because it waits for another one that does.
    private bool IsWaitingFor(EntryId holder, EntryId entry)
    {
        var seen = new HashSet<EntryId>();
        for (var at = holder; seen.Add(at) && session.Queue.HeadOf(at)?.Holder is { } next; at = next)
        {
            if (next == entry)
                return true;
        }

        return false;
    }
}

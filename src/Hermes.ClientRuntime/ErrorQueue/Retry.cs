using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Targets;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Tries the events of the error queue again: one pass over all of them in their order. An event waits only for older ones, so one pass
/// reaches everything that an earlier success has set free.
/// </summary>
internal sealed class Retry(ClientSession session)
{
    private readonly RemoteViews _remote = new(session);

    // Settings or the model may have set events free since the last run.
    private bool _isPassWanted = true;
    private DateTimeOffset _lastRun = DateTimeOffset.MaxValue;

    /// <summary>When something in the queue is due; null if nothing is.</summary>
    public DateTimeOffset? NextDue() => session.Queue.Count == 0 ? null : session.Model.Settings.Retry.NextDue(session.Queue);

    /// <summary>Runs a pass if something is due; always once after a start.</summary>
    public async ValueTask RunDueAsync(CancellationToken cancellationToken)
    {
        await CorrectFutureAttemptsAsync();
        if (session.Queue.Count > 0 && (_isPassWanted || NextDue() <= session.Now))
            await RunQueuedAsync(cancellationToken);
        _isPassWanted = false;
    }

    /// <summary>Lets the next run make a pass, because an event that others wait for is gone.</summary>
    public void WantPass() => _isPassWanted = true;

    /// <summary>Tries the events that are due, among them those that were never tried.</summary>
    public ValueTask RunQueuedAsync(CancellationToken cancellationToken)
    {
        var now = session.Now;
        return PassAsync(queued => session.Model.Settings.Retry.DueAt(queued) <= now, cancellationToken);
    }

    /// <summary>Tries all events now, whether due or not.</summary>
    public ValueTask RunAllAsync(CancellationToken cancellationToken) => PassAsync(_ => true, cancellationToken);

    /// <summary>Tries the events of one entry now.</summary>
    public ValueTask RunEntryAsync(EntryId entry, CancellationToken cancellationToken) => PassAsync(queued => queued.Id == entry, cancellationToken);

    // After a start, and when the clock was set back: nothing waits longer than one interval from now.
    private async ValueTask CorrectFutureAttemptsAsync()
    {
        var now = session.Now;
        if (now < _lastRun)
        {
            foreach (var item in session.Queue.Items.Where(item => item.LastAttempt > now.UtcTicks).ToArray())
            {
                var queued = await session.ReadQueuedAsync(item);
                session.PutQueued(queued with { Attempts = queued.Attempts with { Last = now } });
            }
        }

        _lastRun = now;
    }

    private async ValueTask PassAsync(Func<QueueItem, bool> isDue, CancellationToken cancellationToken)
    {
        var freed = new HashSet<EntryId>();
        foreach (var number in session.Queue.GetNumbers())
        {
            // An event that follows one that has just succeeded is next, whenever it was tried before.
            if (session.Queue.Find(number) is not { } item || session.Queue.HeadOf(item.Id)!.Number != number)
                continue;
            if (!freed.Contains(item.Id) && !isDue(item))
                continue;
            var queued = await session.ReadQueuedAsync(item);
            if (Hold.ReasonFor(session.Queue, session.Model.Settings.ForeignKeys, item.Id, item.RemoteId, item.Kind, number) is { } reason)
            {
                if (!string.Equals(queued.Attempts.Message, reason, StringComparison.Ordinal) && queued.Attempts.Count == 0)
                    session.PutQueued(queued with { Attempts = queued.Attempts with { Message = reason } });
                continue;
            }

            if (await TryAsync(queued, cancellationToken))
                freed.Add(queued.Id);
        }

        await session.CommitAsync();
    }

    private async ValueTask<bool> TryAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        var isRedelivery = queued.Attempts.IsInFlight;
        if (await ConvertedAsync(queued) is not { } ready)
            return false;

        // Announced before the call, so that a restart knows that the call may have been made.
        session.PutQueued(ready with { Attempts = ready.Attempts with { IsInFlight = true } });
        await session.CommitAsync();
        var before = await session.FindAsync(EntryTable.Local(ready.Event.Type), ready.Event.Key);
        var outcome = await session.Services.Target.ApplyAsync(ready.Event, before, ready.Attempts, isRedelivery, default, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            session.PutQueued(ready with { Attempts = failure });
            session.Put(EntryTable.Local(ready.Event.Type), outcome.Over(before));
            session.Services.Log.RetryFailed(session.Model.Name, ready.ToString(), failure.Count, failure.Message);
        }
        else
        {
            await LeaveAsync(ready, outcome);
            session.Services.Log.RetrySucceeded(session.Model.Name, ready.ToString());
        }

        await session.CommitAsync();
        return outcome.IsApplied;
    }

    private async ValueTask LeaveAsync(QueuedEvent applied, CallOutcome outcome)
    {
        session.RemoveQueued(applied.Number);
        var table = EntryTable.Local(applied.Event.Type);
        session.Put(table, outcome.Over(await session.FindAsync(table, applied.Event.Key)));
        await _remote.FollowAsync(applied);
    }

    // A conversion that failed is made good from what the target has.
    private async ValueTask<QueuedEvent?> ConvertedAsync(QueuedEvent queued)
    {
        var @event = queued.Event;
        if (@event.Fault is null)
            return queued;
        if (!session.Bound.TryGetType(@event.Type, out var type))
            return null;
        var local = await session.FindAsync(EntryTable.Local(@event.Type), @event.Key);
        try
        {
            var converted = Conversion.Convert(type, @event.RemoteBefore, @event.Remote, local.Applied);
            var secrets = @event.Remote is null
                ? EventSecrets.None
                : @event.Secrets with { Local = Conversion.ConvertSecrets(type, @event.Remote.Entry, @event.Secrets.Remote) };
            var kind = ChangePlan.EventKind(local.Applied, converted, secrets) ?? @event.Kind;
            var ready = queued with { Event = @event with { Kind = kind, Local = converted, Secrets = secrets, Fault = null, RemoteBefore = null } };
            if (session.Queue.LastOf(queued.Id)!.Number == queued.Number)
                session.Put(EntryTable.Local(@event.Type), local with { Expected = converted });
            return ready;
        }
        catch (TemplateException exception)
        {
            session.PutQueued(queued with
            {
                Event = @event with { Fault = exception.Message },
                Attempts = queued.Attempts with { Count = queued.Attempts.Count + 1, Last = session.Now, Message = exception.Message },
            });
            return null;
        }
    }
}

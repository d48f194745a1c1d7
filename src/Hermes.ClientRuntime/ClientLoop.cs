using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.Notifications;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Events;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime;

/// <summary>
/// The loop of a client: takes what the bus has, a batch at a time, through the steps of <see cref="ClientPipeline"/>. In between it retries the error queue, purges the trashbin
/// and answers the control surface. Whatever takes long is done a slice at a time, in turn. One thread of control: nothing else touches the session.
/// </summary>
internal sealed class ClientLoop(ClientSession session, IMessageBusConsumer bus, ClientSurface surface)
{
    private static readonly TimeSpan TimePerCommit = TimeSpan.FromMilliseconds(50);

    private readonly CommitPacing _pacing = new(session.Model.Settings, session.Services.Time, TimePerCommit);
    private readonly WorkSlice _slice = new(surface.Status, session.Services.Time);
    private readonly EventRun _run = new();
    private readonly Recreation _recreation = new(session);
    private bool _isSavedUntold;
    private int _loaded;
    private int _sinceCommit;

    /// <summary>Retries the events of the queue that are due, or all that wait for nothing.</summary>
    public Retry Retry => field ??= new Retry(session, _slice);

    /// <summary>Purges the trashbin.</summary>
    public Purge Purge => field ??= new Purge(session, Retry, _slice);

    /// <summary>Drops an event from the error queue.</summary>
    public Discard Discard => field ??= new Discard(session, Retry);

    /// <summary>Tells people what they should know.</summary>
    public StateReport Report { get; } = new(session);

    /// <summary>Decides about removals that wait.</summary>
    public Decide Decide => field ??= new Decide(session);

    public DateTimeOffset Now => session.Now;

    /// <summary>Works until cancelled, or until the session has to begin anew.</summary>
    /// <exception cref="BusException">The bus failed. What was applied is committed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var purge = Purge;
            await TakeTurnsAsync(cancellationToken);
            Retry.Close(new InvalidOperationException("The client is being re-initialised. Ask again when that is done."));
        }
        catch (Exception exception)
        {
            Retry.Close(exception);
            throw;
        }
    }

    private async Task TakeTurnsAsync(CancellationToken cancellationToken)
    {
        await using var receive = new Receive(bus, session, cancellationToken);
        using var idle = new Idle(receive, surface.Mailbox, session.Services.Time);
        surface.CatchUp.BeginsAt(session.Position.Next);
        var pipeline = new ClientPipeline(receive, session, new SchemaChange(session, Purge));
        while (true)
        {
            if (cancellationToken.IsCancellationRequested)
                await StopAsync(receive.LastGone, cancellationToken);

            // First of all: who waits for the client to catch up is told after all that was due by then.
            await surface.Mailbox.ServeAsync(new ClientWork(this, session, bus), cancellationToken);
            if (session.IsToBeginAnew)
            {
                session.Position.Announce(receive.LastGone);
                await session.CommitAsync();
                return;
            }

            surface.Status.Publish(session, RunState.Working);
            if (surface.Status.IsPaused)
            {
                await PauseAsync(receive, cancellationToken);
                await idle.WaitAsync(DateTimeOffset.MaxValue, isPaused: true, cancellationToken);
            }
            else if (!await TryWorkAsync(receive, pipeline, cancellationToken))
            {
                await SettleAsync(cancellationToken);
                surface.CatchUp.Complete(session);
                await idle.WaitAsync(NextDue(), isPaused: false, cancellationToken);
            }
        }
    }

    // A slice of everything that is to be done; false if there is nothing.
    private async ValueTask<bool> TryWorkAsync(Receive receive, ClientPipeline pipeline, CancellationToken cancellationToken)
    {
        // One that is behind does not know whether what it would do still holds.
        var isBehind = session.Following.Behind is not null;
        if (isBehind)
            Retry.Close(new InvalidOperationException("The client has missed messages and waits for an initsync. Ask again when it is re-initialised."));
        else if (!session.Position.IsReplaying)
            await Retry.RunSliceAsync(cancellationToken);

        // An event that is delivered again may already have recycled what would be purged.
        if (!isBehind && !session.Position.MayRedeliver)
            await Purge.RunSliceAsync(cancellationToken);
        if (!receive.HasMore)
            await TakeBatchAsync(receive);
        else if (session.Generation != _loaded)
            await LoadAsync(receive.Left);
        if (!receive.HasMore)
            return !isBehind && !session.Position.IsReplaying && (await session.References.CompleteAsync() || Retry.IsBusy || Retry.IsPassWanted || Purge.IsBusy);
        await WorkOnBatchAsync(receive, pipeline, cancellationToken);
        return true;
    }

    private async ValueTask TakeBatchAsync(Receive receive)
    {
        receive.TakeBatch(_pacing.Window);
        if (!receive.HasMore)
            return;

        // One commit stores the outcomes of what came before, and announces this batch and those behind it: should the process end, their events are redeliveries.
        var isDue = !session.Position.IsAnnounced(receive.Batch[^1].Offset) || _sinceCommit + receive.Batch.Count > _pacing.Window;
        if (isDue && receive.Batch.Any(MayReachTarget))
        {
            session.Position.Announce(LastToAnnounce(receive));
            await session.CommitAsync();
            _sinceCommit = 0;
        }

        _sinceCommit += receive.Batch.Count;

        session.Services.Telemetry.CountReceived(receive.Batch.Count);
        await LoadAsync(receive.Batch);
    }

    // What lies behind the batch is announced with it while the client catches up: only what is on the bus already, so that it is sure to come.
    private BusOffset LastToAnnounce(Receive receive)
    {
        var last = receive.Batch[^1].Offset;
        return receive.End > last ? new BusOffset(Math.Min(receive.End.Value, last.Value + _pacing.Window - receive.Batch.Count)) : last;
    }

    private async ValueTask LoadAsync(IEnumerable<Incoming> batch)
    {
        await session.LoadAsync(AddressesOf(batch));
        _loaded = session.Generation;
    }

    private async ValueTask WorkOnBatchAsync(Receive receive, ClientPipeline pipeline, CancellationToken cancellationToken)
    {
        var left = receive.LeftCount;
        _pacing.Begin();
        _slice.Begin();
        while (receive.HasMore && !_slice.IsOver)
        {
            var done = receive.LastGone;
            try
            {
                await pipeline.RunAsync(_run, cancellationToken);
                if (_run.IsStopped)
                    await StopAsync(_run.LastBegun ?? done, cancellationToken);
            }
            finally
            {
                _run.Clear();
            }

            await session.WriteIfMuchAsync();
        }

        await _recreation.RunAsync();
        await session.References.FollowAsync();
        if (session.References.AreManyToComplete)
            await session.References.CompleteAsync();
        _pacing.End(left - receive.LeftCount);
    }

    // What is done is kept, and only what was with the target counts as delivered.
    private async ValueTask StopAsync(BusOffset? delivered, CancellationToken cancellationToken)
    {
        await _recreation.RunAsync();
        session.Position.Announce(delivered);
        await session.CommitAsync();
        throw new OperationCanceledException("The client was stopped.", cancellationToken);
    }

    // Whatever there is to do waits, and the target is not called at all.
    private async ValueTask PauseAsync(Receive receive, CancellationToken cancellationToken)
    {
        _isSavedUntold |= await session.CommitAsync();
        await TellAsync(cancellationToken);
        if (!receive.HasMore && !Retry.IsBusy && !Purge.IsBusy && NextDue() > session.Now)
            surface.CatchUp.Complete(session);
    }

    // Everything that the steps look up for a batch of messages.
    private IEnumerable<EntryAddress> AddressesOf(IEnumerable<Incoming> batch)
    {
        foreach (var incoming in batch)
        {
            if (incoming.Decoded?.Event is not EntryEvent @event)
                continue;
            yield return new EntryAddress(EntryTable.Remote(@event.Type), @event.Key);
            if (session.Following.HasHeld)
                yield return new EntryAddress(EntryTable.Held(@event.Type), @event.Key);
            foreach (var type in session.Bound.FedBy(@event.Type))
                yield return new EntryAddress(EntryTable.Local(type.Name), @event.Key);
        }
    }

    private bool MayReachTarget(Incoming incoming) => incoming.Decoded?.Event switch
    {
        EntryEvent entryEvent => session.Bound.FedBy(entryEvent.Type).Any(type => session.Services.Target.WantsAny(type.Name)),
        DataSchemaEvent => true,
        _ => false,
    };

    // Nothing more waits: everything is committed, and whoever wants to know is told.
    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        await session.Written.VerifyAsync(cancellationToken);
        if (await session.CommitAsync() || _isSavedUntold)
            await session.Services.Target.SavedAsync(cancellationToken);
        _isSavedUntold = false;
        await TellAsync(cancellationToken);
    }

    private async ValueTask TellAsync(CancellationToken cancellationToken)
    {
        await session.Services.Notifications.WorksAsync(cancellationToken);
        await Report.TellAsync(cancellationToken);
        await session.CommitAsync();
        surface.Status.Publish(session, RunState.Waiting);
    }

    private DateTimeOffset NextDue()
    {
        if (session.Following.Behind is not null)
            return DateTimeOffset.MaxValue;

        // Nothing is purged while events are to be delivered again: their arrival wakes the loop.
        var purge = session.Position.MayRedeliver ? DateTimeOffset.MaxValue : Purge.NextDue;
        return !session.Position.IsReplaying && Retry.NextDue() is { } retry && retry < purge ? retry : purge;
    }
}

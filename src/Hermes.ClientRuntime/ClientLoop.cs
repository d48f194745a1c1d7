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
/// The loop of a client: takes what the bus has, a batch at a time, through the steps of <see cref="ClientPipeline"/>. Between batches it retries the
/// error queue, purges the trashbin and answers the control surface. One thread of control: nothing else touches the session.
/// </summary>
internal sealed class ClientLoop(ClientSession session, IMessageBusConsumer bus, ClientSurface surface)
{
    private readonly StateReport _report = new(session);
    private readonly CommitPacing _pacing = new(session.Model.Settings, session.Services.Time);
    private readonly EventRun _run = new();

    /// <summary>Retries the events of the queue that are due, or all that wait for nothing.</summary>
    public Retry Retry { get; } = new(session);

    /// <summary>Purges the trashbin.</summary>
    public Purge Purge => field ??= new Purge(session, Retry);

    /// <summary>Drops an event from the error queue.</summary>
    public Discard Discard => field ??= new Discard(session, Retry);

    /// <summary>Decides about removals that wait.</summary>
    public Decide Decide => field ??= new Decide(session);

    public DateTimeOffset Now => session.Now;

    /// <summary>Works until cancelled, or until the session has to begin anew.</summary>
    /// <exception cref="BusException">The bus failed. What was applied is committed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var receive = new Receive(bus, session, cancellationToken);
        using var idle = new Idle(receive, surface.Mailbox, session.Services.Time);
        var pipeline = new ClientPipeline(receive, session, new SchemaChange(session, Purge));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // First of all: who waits for the client to catch up is told after all that was due by then.
            await surface.Mailbox.ServeAsync(new ClientWork(this, session, bus), cancellationToken);
            if (session.IsToBeginAnew)
            {
                await session.CommitAsync();
                return;
            }

            // One that is behind does not know whether what it would do still holds.
            var isBehind = session.Following.Behind is not null;
            if (!isBehind)
                await Retry.RunDueAsync(cancellationToken);

            // An event that is delivered again may already have recycled what would be purged.
            if (!isBehind && !session.Position.MayRedeliver)
                await Purge.RunDueAsync(cancellationToken);
            surface.Status.Publish(session, RunState.Working);

            receive.TakeBatch(surface.Status.IsPaused ? 0 : _pacing.Window);
            if (receive.HasMore)
            {
                await ProcessBatchAsync(receive, pipeline, cancellationToken);
                continue;
            }

            await SettleAsync(cancellationToken);
            await idle.WaitAsync(NextDue(), surface.Status.IsPaused, cancellationToken);
        }
    }

    private async ValueTask ProcessBatchAsync(Receive receive, ClientPipeline pipeline, CancellationToken cancellationToken)
    {
        // One commit stores the outcomes of the batch before and announces this one: should the process end, its events are redeliveries.
        if (receive.Batch.Any(MayReachTarget))
        {
            session.Position.Announce(receive.Batch[^1].Offset);
            await session.CommitAsync();
        }

        session.Services.Telemetry.CountReceived(receive.Batch.Count);
        _pacing.Begin();
        await session.LoadAsync(AddressesOf(receive.Batch));
        while (receive.HasMore)
        {
            try
            {
                await pipeline.RunAsync(_run, cancellationToken);
                if (_run.IsStopped)
                    await StopAsync(cancellationToken);
            }
            finally
            {
                _run.Clear();
            }

            await session.WriteIfMuchAsync();
        }

        _pacing.End(receive.Batch.Count);
    }

    // What is done is kept, and only what was with the target counts as delivered.
    private async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        if (_run.LastBegun is { } last)
            session.Position.Announce(last);
        await session.CommitAsync();
        throw new OperationCanceledException("The client was stopped in the middle of a batch.", cancellationToken);
    }

    // Everything that the steps look up for a batch of messages.
    private IEnumerable<EntryAddress> AddressesOf(IReadOnlyList<Incoming> batch)
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
        if (await session.CommitAsync())
            await session.Services.Target.SavedAsync(cancellationToken);
        await session.Services.Notifications.WorksAsync(cancellationToken);
        await _report.TellAsync(cancellationToken);
        await session.CommitAsync();
        surface.Status.Publish(session, RunState.Waiting);
        surface.CatchUp.Complete(session);
    }

    private DateTimeOffset NextDue()
    {
        if (session.Following.Behind is not null)
            return DateTimeOffset.MaxValue;

        // Nothing is purged while events are to be delivered again: their arrival wakes the loop.
        var purge = session.Position.MayRedeliver ? DateTimeOffset.MaxValue : Purge.NextDue;
        return Retry.NextDue() is { } retry && retry < purge ? retry : purge;
    }
}

using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.Notifications;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Events;
using Hermes.Runtime.Control;
using Convert = Hermes.ClientRuntime.Steps.Convert;

namespace Hermes.ClientRuntime;

/// <summary>
/// The loop of a client: <c>Receive -> Decode -> Admit -> Convert -> Gate -> Apply -> Store</c>. Between events it retries the error
/// queue, purges the trashbin and answers the control surface. One thread of control: nothing else touches the session.
/// </summary>
internal sealed class ClientLoop
{
    private readonly ClientSession _session;
    private readonly IMessageBusConsumer _bus;
    private readonly ClientSurface _surface;
    private readonly Admit _admit;
    private readonly IApply _apply;
    private readonly Retry _retry;
    private readonly Purge _purge;
    private readonly SchemaChange _schemaChange;
    private readonly StateReport _report;
    private readonly CommitPacing _pacing;
    private readonly List<Incoming> _batch = [];

    public ClientLoop(ClientSession session, IMessageBusConsumer bus, ClientSurface surface)
    {
        _session = session;
        _bus = bus;
        _surface = surface;
        _admit = new Admit(session);
        var convert = new Convert(session);
        var gate = new Gate(session);
        var store = new Store(session);
        var inOrder = new ApplyInOrder(session, convert, gate, store);
        _apply = session.Model.Settings.MaxConcurrency > 1 ? new ApplyTogether(session, convert, gate, store, inOrder) : inOrder;
        _retry = new Retry(session, store);
        Discard = new Discard(session, _retry);
        _purge = new Purge(session, convert, store, _retry);
        _schemaChange = new SchemaChange(session, _purge);
        _report = new StateReport(session);
        _pacing = new CommitPacing(session.Model.Settings, session.Services.Time);
    }

    /// <summary>Retries the events of the queue that are due, or all that wait for nothing.</summary>
    public Retry Retry => _retry;

    public Purge Purge => _purge;

    /// <summary>Drops an event from the error queue.</summary>
    public Discard Discard { get; }

    /// <summary>Works until cancelled.</summary>
    /// <exception cref="BusException">The bus failed. What was applied is committed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var receive = new Receive(_bus, BusPosition.At(_session.Next!.Value), cancellationToken);
        using var idle = new Idle(receive, _surface.Mailbox, _session.Services.Time);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // First of all: who waits for the client to catch up is told after all that was due by then.
            await _surface.Mailbox.ServeAsync(new ClientWork(this, _session, _bus), cancellationToken);
            await _retry.RunDueAsync(cancellationToken);

            // An event that is delivered again may already have recycled what would be purged.
            if (!_session.MayRedeliver)
                await _purge.RunDueAsync(cancellationToken);
            _surface.Status.Publish(_session, RunState.Working);

            TakeBatch(receive);
            if (_batch.Count > 0)
            {
                await ProcessBatchAsync(cancellationToken);
                continue;
            }

            await SettleAsync(cancellationToken);
            await idle.WaitAsync(NextDue(), _surface.Status.IsPaused, cancellationToken);
        }
    }

    private void TakeBatch(Receive receive)
    {
        _batch.Clear();
        while (!_surface.Status.IsPaused && _batch.Count < _pacing.Window && receive.TryTake(out var incoming))
            _batch.Add(incoming);
    }

    private async Task ProcessBatchAsync(CancellationToken cancellationToken)
    {
        // One commit stores the outcomes of the batch before and announces this one: should the process end, its events are redeliveries.
        if (_batch.Exists(MayReachTarget))
        {
            _session.Announce(_batch[^1].Offset);
            _session.Commit();
        }

        _session.Services.Telemetry.CountReceived(_batch.Count);
        _pacing.Begin();
        var inFlight = _batch[0].Offset;
        try
        {
            foreach (var incoming in _batch)
            {
                inFlight = incoming.Offset;
                await ProcessAsync(incoming, cancellationToken);
                _session.MoveTo(_apply.FirstPending ?? incoming.Offset.Next);
            }

            await _apply.DrainAsync(cancellationToken);
            _session.MoveTo(inFlight.Next);
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is done is kept, and only what was with the target counts as delivered.
            _session.MoveTo(_apply.FirstPending ?? inFlight);
            _session.Announce(inFlight);
            _session.Commit();
            throw;
        }

        _pacing.End(_batch.Count);
    }

    private async ValueTask ProcessAsync(Incoming incoming, CancellationToken cancellationToken)
    {
        if (incoming.Decoded is not { } decoded)
        {
            _session.SetAside(incoming.Message, incoming.Fault!);
            return;
        }

        if (!_admit.Run(incoming))
            return;
        using var trace = _session.Services.Telemetry.StartEvent(incoming.Message.Message);
        try
        {
            switch (decoded.Event)
            {
                case EntryEvent entryEvent:
                    await _apply.TakeAsync(entryEvent, incoming.Offset, incoming.Offset <= _session.RedeliveryUpTo, cancellationToken);
                    break;
                case DataSchemaEvent schemaEvent:
                    // It commits on its way, when it purges.
                    await _apply.DrainAsync(cancellationToken);
                    _session.MoveTo(incoming.Offset);
                    await _schemaChange.RunAsync(schemaEvent.Schema, cancellationToken);
                    break;
            }
        }
        catch (ContradictionException contradiction)
        {
            _session.SetAside(incoming.Message, contradiction.Message);
        }
    }

    private bool MayReachTarget(Incoming incoming) => incoming.Decoded?.Event switch
    {
        EntryEvent entryEvent => _session.Bound.FedBy(entryEvent.Type).Any(type => _session.Services.Target.WantsAny(type.Name)),
        DataSchemaEvent => true,
        _ => false,
    };

    // Nothing more waits: everything is committed, and whoever wants to know is told.
    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        if (_session.Commit())
            await _session.Services.Target.SavedAsync(cancellationToken);
        await _session.Services.Notifications.WorksAsync(cancellationToken);
        await _report.TellAsync(cancellationToken);
        _session.Commit();
        _surface.Status.Publish(_session, RunState.Waiting);
        _surface.CatchUp.Complete(_session);
    }

    private DateTimeOffset NextDue()
    {
        // Nothing is purged while events are to be delivered again: their arrival wakes the loop.
        var purge = _session.MayRedeliver ? DateTimeOffset.MaxValue : _purge.NextDue;
        return _retry.NextDue() is { } retry && retry < purge ? retry : purge;
    }
}

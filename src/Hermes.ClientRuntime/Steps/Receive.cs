using System.Threading.Channels;
using Hermes.Abstractions.Buses;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Reads and decodes messages ahead on a thread of its own, while earlier ones are worked on. The loop takes a batch of them, which shares one
/// commit; as a step, it fills each run with the next ones of the batch.
/// </summary>
internal sealed class Receive : IClientStep, IAsyncDisposable
{
    // Few enough that a collection of garbage finds them short-lived.
    private const int ReadAhead = 1000;

    private readonly Channel<Incoming> _messages = Channel.CreateBounded<Incoming>(
        new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });

    private readonly ClientSession _session;
    private readonly List<Incoming> _batch = [];
    private readonly CancellationTokenSource _stop;
    private readonly Task _pump;
    private int _place;
    private long _end = -1;

    /// <param name="bus">The bus.</param>
    /// <param name="session">Says where to start.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Receive(IMessageBusConsumer bus, ClientSession session, CancellationToken cancellationToken)
    {
        _session = session;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var start = session.Position.Next is { } next ? BusPosition.At(next) : BusPosition.Beginning;
        _pump = Task.Run(() => PumpAsync(bus, start, _stop.Token), CancellationToken.None);
    }

    /// <summary>The messages of the batch, those that went on among them.</summary>
    public IReadOnlyList<Incoming> Batch => _batch;

    /// <summary>The messages of the batch that have not gone on yet.</summary>
    public IReadOnlyList<Incoming> Left => _place == 0 ? _batch : _batch[_place..];

    /// <summary>How many messages of the batch have not gone on yet.</summary>
    public int LeftCount => _batch.Count - _place;

    /// <summary>Whether there are messages in the batch that have not gone on yet.</summary>
    public bool HasMore => LeftCount > 0;

    /// <summary>The last message of the batch that has gone on; null if none has.</summary>
    public BusOffset? LastGone => _place > 0 ? _batch[_place - 1].Offset : null;

    /// <summary>The last message that was on the bus when the reading began.</summary>
    public BusOffset End => new(Interlocked.Read(ref _end));

    /// <summary>Completes when a message can be taken.</summary>
    /// <exception cref="BusException">The bus failed, and all messages before were taken.</exception>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _messages.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes what has been read, as the next batch.</summary>
    /// <param name="limit">How many messages at most.</param>
    public void TakeBatch(int limit)
    {
        _batch.Clear();
        _place = 0;
        while (_batch.Count < Math.Min(limit, ReadAhead) && _messages.Reader.TryRead(out var incoming))
        {
            _batch.Add(incoming);

            // What follows a new data schema, or a whole truth, is looked up when that is in force.
            if (incoming.Decoded?.Event is DataSchemaEvent or InitStopEvent)
                break;
        }
    }

    public ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        var most = _session.Model.Settings.MaxConcurrency;
        do
        {
            var incoming = _batch[_place++];
            run.Add(new RunEvent(incoming, _session.Position.DeliveryOf(incoming.Offset)));
        }
        while (HasMore && run.Events.Count < most && _batch[_place].Decoded?.Event is EntryEvent next && !FeedsSeveral(next) && run.MayTake(next));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        _stop.Dispose();
    }

    // What a handler did for one local type may be looked up by that of the next one.
    private bool FeedsSeveral(EntryEvent @event) => _session.Bound.FedBy(@event.Type).Length > 1;

    private async Task PumpAsync(IMessageBusConsumer bus, BusPosition start, CancellationToken cancellationToken)
    {
        try
        {
            Interlocked.Exchange(ref _end, (await bus.GetLastOffsetAsync(cancellationToken))?.Value ?? -1);
            await foreach (var message in bus.ReadAsync(start, cancellationToken))
                await _messages.Writer.WriteAsync(_session.Services.Messages.Read(message), cancellationToken);
            _messages.Writer.Complete(new BusException("The bus ended the stream of messages.", Abstractions.FaultKind.Transient));
        }
        catch (Exception exception)
        {
            // Passed to the loop, which decides what to do about it.
            _messages.Writer.Complete(exception);
        }
    }
}

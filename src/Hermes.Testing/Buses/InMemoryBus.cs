using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Buses;

/// <summary>
/// A message bus in memory: producers and consumers share one log. It behaves as a durable bus does, and fails when told to. Safe for
/// use by many threads. Offsets start at 1.
/// </summary>
/// <param name="timeProvider">What time messages are taken at; the system's by default.</param>
public sealed class InMemoryBus(TimeProvider? timeProvider = null)
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly List<ReceivedMessage> _log = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _bodies = new(StringComparer.Ordinal);
    private readonly Queue<SendFailure> _failures = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BusOffset _first = new(1);

    /// <summary>Whether a second message with the same id is dropped, as SQLite does; the default. Kafka and RabbitMQ keep both.</summary>
    public bool RefusesDuplicates { get; init; } = true;

    /// <summary>What tells this bus from another one.</summary>
    public string Incarnation { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The messages that are on the bus now.</summary>
    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _log];
        }
    }

    private BusOffset End => new(_first.Value + _log.Count);

    /// <summary>Makes a producer for a server.</summary>
    public IMessageBusProducer CreateProducer() => new InMemoryProducer(this);

    /// <summary>Makes a consumer for a client.</summary>
    public IMessageBusConsumer CreateConsumer() => new InMemoryConsumer(this);

    /// <summary>Lets the next sends fail, each in this way; calls add up.</summary>
    /// <param name="sends">How many calls of <see cref="IMessageBusProducer.SendAsync"/> fail.</param>
    /// <param name="failure">How they fail; by default nothing is taken and the fault is transient.</param>
    public void FailNextSends(int sends, SendFailure? failure = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sends);
        lock (_gate)
        {
            for (var i = 0; i < sends; i++)
                _failures.Enqueue(failure ?? new SendFailure());
        }
    }

    /// <summary>Removes the messages before an offset, as the retention of a bus does.</summary>
    public void RemoveBefore(BusOffset offset)
    {
        lock (_gate)
        {
            var count = (int)Math.Clamp(offset.Value - _first.Value, 0, _log.Count);
            foreach (var removed in _log.Take(count))
                _ = removed.Message.Id is { } id && _bodies.Remove(id);
            _log.RemoveRange(0, count);
            _first = new(_first.Value + count);
        }
    }

    internal void Append(IReadOnlyList<BusMessage> messages)
    {
        lock (_gate)
        {
            if (!_failures.TryDequeue(out var failure))
            {
                Take(messages);
                return;
            }

            Take(messages.Take(failure.Taken));
            throw new BusException("The bus was told to fail this send.", failure.Fault) { Confirmed = Math.Min(failure.Confirmed, messages.Count) };
        }
    }

    internal BusOffset? LastOffset()
    {
        lock (_gate)
            return _log.Count == 0 ? null : _log[^1].Offset;
    }

    /// <summary>The next messages from an offset on; when there are none, what completes once there are.</summary>
    internal (IReadOnlyList<ReceivedMessage> Messages, Task News) Read(BusOffset? from)
    {
        lock (_gate)
        {
            if (from < _first)
                throw new BusMessageExpiredException(from.Value, _log.Count == 0 ? null : _first);
            if (from > End)
                throw new BusPositionBeyondEndException(from.Value, End.Value == 1 ? null : new BusOffset(End.Value - 1));
            return (_log[(int)((from ?? _first).Value - _first.Value)..], _news.Task);
        }
    }

    private void Take(IEnumerable<BusMessage> messages)
    {
        var now = _time.GetUtcNow();
        var taken = 0;
        foreach (var message in messages)
        {
            if (RefusesDuplicates && message.Id is { } id && !_bodies.TryAdd(id, message.Body.ToArray()))
            {
                if (!_bodies[id].Span.SequenceEqual(message.Body.Span))
                    throw new BusMessageConflictException(id) { Confirmed = taken };
                taken++;
                continue;
            }

            taken++;
            // A real bus keeps a copy; a test that reuses its buffer must see the same here.
            _log.Add(new ReceivedMessage(message with { Body = message.Body.ToArray() }, End, now));
        }

        _news.TrySetResult();
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

internal sealed class InMemoryConsumer(InMemoryBus bus) : IMessageBusConsumer
{
    public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => new(bus.LastOffset());

    public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => new(bus.Incarnation);

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = start.Offset;
        while (true)
        {
            var (messages, news) = bus.Read(next);
            foreach (var message in messages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
                next = message.Offset.Next;
            }

            if (messages.Count == 0)
                await news.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal sealed class InMemoryProducer(InMemoryBus bus) : IMessageBusProducer
{
    public Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        try
        {
            bus.Append(messages);
            IsConnected = true;
            return Task.CompletedTask;
        }
        catch (BusException exception)
        {
            return Task.FromException(exception);
        }
    }

    public bool IsConnected { get; private set; }

    public IMessageBusConsumer OpenReader() => bus.CreateConsumer();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

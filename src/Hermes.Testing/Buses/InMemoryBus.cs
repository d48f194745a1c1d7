using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Buses;

/// <summary>
/// A message bus in memory: producers and consumers share one log. It behaves as a durable bus does, and fails when told to. Safe for
/// use by many threads. Offsets start at 1.
/// </summary>
/// <param name="timeProvider">What time messages are taken at; the system's by default.</param>
public sealed class InMemoryBus(TimeProvider? timeProvider = null)
{
    private readonly Lock gate = new();
    private readonly TimeProvider time = timeProvider ?? TimeProvider.System;
    private readonly List<ReceivedMessage> log = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> bodies = new(StringComparer.Ordinal);
    private readonly Queue<SendFailure> failures = new();
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BusOffset first = new(1);

    /// <summary>Whether a second message with the same id is dropped, as SQLite does; the default. Kafka and RabbitMQ keep both.</summary>
    public bool RefusesDuplicates { get; init; } = true;

    /// <summary>What tells this bus from another one.</summary>
    public string Incarnation { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The messages that are on the bus now.</summary>
    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (gate)
                return [.. log];
        }
    }

    private BusOffset End => new(first.Value + log.Count);

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
        lock (gate)
        {
            for (var i = 0; i < sends; i++)
                failures.Enqueue(failure ?? new SendFailure());
        }
    }

    /// <summary>Removes the messages before an offset, as the retention of a bus does.</summary>
    public void RemoveBefore(BusOffset offset)
    {
        lock (gate)
        {
            var count = (int)Math.Clamp(offset.Value - first.Value, 0, log.Count);
            foreach (var removed in log.Take(count))
                _ = removed.Message.Id is { } id && bodies.Remove(id);
            log.RemoveRange(0, count);
            first = new(first.Value + count);
        }
    }

    internal void Append(IReadOnlyList<BusMessage> messages)
    {
        lock (gate)
        {
            if (!failures.TryDequeue(out var failure))
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
        lock (gate)
            return log.Count == 0 ? null : log[^1].Offset;
    }

    /// <summary>The next messages from an offset on; when there are none, what completes once there are.</summary>
    internal (IReadOnlyList<ReceivedMessage> Messages, Task News) Read(BusOffset? from)
    {
        lock (gate)
        {
            if (from < first)
                throw new BusMessageExpiredException(from.Value, log.Count == 0 ? null : first);
            if (from > End)
                throw new BusPositionBeyondEndException(from.Value, End.Value == 1 ? null : new BusOffset(End.Value - 1));
            return (log[(int)((from ?? first).Value - first.Value)..], news.Task);
        }
    }

    private void Take(IEnumerable<BusMessage> messages)
    {
        var now = time.GetUtcNow();
        var taken = 0;
        foreach (var message in messages)
        {
            if (RefusesDuplicates && message.Id is { } id && !bodies.TryAdd(id, message.Body.ToArray()))
            {
                if (!bodies[id].Span.SequenceEqual(message.Body.Span))
                    throw new BusMessageConflictException(id) { Confirmed = taken };
                taken++;
                continue;
            }

            taken++;
            // A real bus keeps a copy; a test that reuses its buffer must see the same here.
            log.Add(new ReceivedMessage(message with { Body = message.Body.ToArray() }, End, now));
        }

        news.TrySetResult();
        news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

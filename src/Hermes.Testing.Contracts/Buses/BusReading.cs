using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>Reads a known number of messages, bounded so that a message that never comes fails the test.</summary>
public static class BusReading
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>Reads so many messages from a position on.</summary>
    public static async Task<IReadOnlyList<ReceivedMessage>> TakeAsync(this IMessageBusConsumer consumer, int count, BusPosition start = default)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        using var patience = new CancellationTokenSource(Bound);
        var taken = new List<ReceivedMessage>();
        if (count == 0)
            return taken;
        try
        {
            await foreach (var message in consumer.ReadAsync(start, patience.Token))
            {
                taken.Add(message);
                if (taken.Count == count)
                    return taken;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {Bound.TotalSeconds:0} s for {count} messages from {start} on; {taken.Count} came.");
        }

        throw new InvalidOperationException("A consumer must go on until cancelled, but this one came to an end.");
    }

    /// <summary>Reads all that is on the bus now.</summary>
    public static async Task<IReadOnlyList<ReceivedMessage>> TakeAllAsync(this IMessageBusConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        using var patience = new CancellationTokenSource(Bound);
        var taken = new List<ReceivedMessage>();
        if (await LastOffsetAsync(consumer, patience.Token) is not { } last)
            return taken;
        await foreach (var message in consumer.ReadAsync(BusPosition.Beginning, patience.Token))
        {
            taken.Add(message);
            if (message.Offset >= last)
                return taken;
        }

        throw new InvalidOperationException("A consumer must go on until cancelled, but this one came to an end.");
    }

    // As a client does: a broker that has just come up may refuse for a moment.
    private static async Task<BusOffset?> LastOffsetAsync(IMessageBusConsumer consumer, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await consumer.GetLastOffsetAsync(cancellationToken);
            }
            catch (BusException failure) when (failure.Fault == FaultKind.Transient && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>The ids in the order of their first appearance: what is left once a consumer has dropped repeated events.</summary>
    public static IReadOnlyList<string?> DistinctIds(this IEnumerable<ReceivedMessage> messages) =>
        [.. messages.Select(message => message.Message.Id).Distinct()];

    /// <summary>The ids of a run of numbered messages.</summary>
    public static IReadOnlyList<string> Ids(int first, int count) => [.. Enumerable.Range(first, count).Select(BusMessages.IdOf)];
}

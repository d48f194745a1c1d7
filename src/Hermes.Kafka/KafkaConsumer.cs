using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>Reads the topic's partition from an offset on. No consumer group takes part.</summary>
internal sealed class KafkaConsumer(KafkaOptions options, TimeProvider time) : IMessageBusConsumer
{
    // A broker that has just come up, or taken a partition over, may not know its own end for a moment.
    private const int AsksForTheEnd = 8;
    private static readonly TimeSpan BetweenAsks = TimeSpan.FromMilliseconds(500);

    public async ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken)
    {
        await using var reader = await KafkaReader.OpenAsync(options, cancellationToken);
        var (first, end) = await reader.BoundsAsync(cancellationToken);
        return first == end ? null : new BusOffset(end.Value - 1);
    }

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await KafkaReader.OpenAsync(options, cancellationToken);
        var next = start.Offset ?? (await reader.BoundsAsync(cancellationToken)).First;
        await CheckAsync(reader, next, cancellationToken);
        reader.StartAt(next);
        while (true)
        {
            foreach (var message in await NextAsync(reader, next, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
                next = message.Offset.Next;
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task CheckAsync(KafkaReader reader, BusOffset wanted, CancellationToken cancellationToken)
    {
        var bounds = await reader.BoundsAsync(cancellationToken);
        for (var asked = 1; wanted > bounds.End && asked < AsksForTheEnd; asked++)
        {
            await Task.Delay(BetweenAsks, time, cancellationToken);
            bounds = await reader.BoundsAsync(cancellationToken);
        }

        if (wanted < bounds.First)
            throw new BusMessageExpiredException(wanted, bounds.First == bounds.End ? null : bounds.First);
        if (wanted > bounds.End)
            throw new BusPositionBeyondEndException(wanted, bounds.End.Value == 0 ? null : new BusOffset(bounds.End.Value - 1));
    }

    private async Task<IReadOnlyList<ReceivedMessage>> NextAsync(KafkaReader reader, BusOffset next, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (KafkaOffsetException)
        {
            await CheckAsync(reader, next, cancellationToken);
            // It is there after all: removed and gone on meanwhile would have been told.
            reader.StartAt(next);
            return [];
        }
    }
}

using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>Reads the topic's partition from an offset on. No consumer group takes part.</summary>
internal sealed class KafkaConsumer(KafkaOptions options) : IMessageBusConsumer
{
    public async ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken)
    {
        await using var reader = await KafkaReader.OpenAsync(options, cancellationToken);
        var (first, end) = await reader.BoundsAsync(cancellationToken);
        return first == end ? null : new BusOffset(end.Value - 1);
    }

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await KafkaReader.OpenAsync(options, cancellationToken);
        var bounds = await reader.BoundsAsync(cancellationToken);
        var next = start.Offset ?? bounds.First;
        Check(next, bounds);
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

    private static void Check(BusOffset wanted, (BusOffset First, BusOffset End) bounds)
    {
        if (wanted < bounds.First)
            throw new BusMessageExpiredException(wanted, bounds.First == bounds.End ? null : bounds.First);
        if (wanted > bounds.End)
            throw new BusPositionBeyondEndException(wanted, bounds.End.Value == 0 ? null : new BusOffset(bounds.End.Value - 1));
    }

    private static async Task<IReadOnlyList<ReceivedMessage>> NextAsync(KafkaReader reader, BusOffset next, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (KafkaOffsetException)
        {
            var bounds = await reader.BoundsAsync(cancellationToken);
            Check(next, bounds);
            // It is there after all: removed and gone on meanwhile would have been told.
            reader.StartAt(next);
            return [];
        }
    }
}

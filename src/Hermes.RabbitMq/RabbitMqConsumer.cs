using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.RabbitMq;

/// <summary>Reads the stream. Every reading has a connection of its own, so that a new one after a failure starts clean.</summary>
internal sealed class RabbitMqConsumer(RabbitMqOptions options, TimeProvider time) : IMessageBusConsumer
{
    /// <summary>More than the messages of any chunk, so that the last one is delivered whole.</summary>
    private const int WholeChunk = 60_000;

    // A replica that has just become the leader may not know for a moment how much of the stream is safe, and delivers no more than that.
    private const int AsksForTheEnd = 8;
    private static readonly TimeSpan BetweenAsks = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stream must deliver nothing to count as empty; it delivers within milliseconds when it is not.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <remarks>The broker counts the messages of a stream only every few seconds, so an empty one is known by its silence.</remarks>
    public async ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken)
    {
        await using var link = await RabbitMqLink.OpenAsync(options, "client", cancellationToken);
        await using var reader = await OpenAsync(link, "last", WholeChunk, cancellationToken);
        using var silence = new CancellationTokenSource(Silence, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            // Once something comes, the rest of its chunk may take as long as the network needs.
            var first = await reader.NextAsync(patience.Token);
            return await LastAsync(reader, first, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A broker that hangs is silent, too: only one that answers has an empty stream.
            await link.EnsureStreamAsync(options, cancellationToken);
            return null;
        }
    }

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var link = await RabbitMqLink.OpenAsync(options, "client", cancellationToken);
        // Asked for an offset beyond its end, the broker would wait for that one and skip what comes before. The check waits for a first message, if need be.
        if (start.Offset is { Value: > 0 } wanted)
            await CheckNotBeyondEndAsync(link, wanted, cancellationToken);

        await using var reader = await OpenAsync(link, start.Offset is { } offset ? offset.Value : "first", options.Prefetch, cancellationToken);
        for (var next = start.Offset; ;)
        {
            var message = await reader.NextAsync(cancellationToken);
            // The broker may deliver the whole chunk that the wanted message is in.
            if (message.Offset < next)
                continue;
            // The offsets of a stream have no gaps, so one that is skipped was removed.
            if (message.Offset > next)
                throw new BusMessageExpiredException(next.Value, message.Offset);
            yield return message;
            next = message.Offset.Next;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task CheckNotBeyondEndAsync(RabbitMqLink link, BusOffset wanted, CancellationToken cancellationToken)
    {
        var last = await LastAsync(link, cancellationToken);
        for (var asked = 1; wanted > last.Next && asked < AsksForTheEnd; asked++)
        {
            await Task.Delay(BetweenAsks, time, cancellationToken);
            last = await LastAsync(link, cancellationToken);
        }

        if (wanted > last.Next)
            throw new BusPositionBeyondEndException(wanted, last);
    }

    private async Task<BusOffset> LastAsync(RabbitMqLink link, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(link, "last", WholeChunk, cancellationToken);
        return await LastAsync(reader, await reader.NextAsync(cancellationToken), cancellationToken);
    }

    /// <remarks>The broker tells no last offset, but delivers the last chunk, and all of it before it answers the end of the subscription.</remarks>
    private static async Task<BusOffset> LastAsync(RabbitMqReader reader, ReceivedMessage first, CancellationToken cancellationToken) =>
        (await reader.EndAsync(cancellationToken)).Append(first).Max(message => message.Offset);

    private async Task<RabbitMqReader> OpenAsync(RabbitMqLink link, object from, int prefetch, CancellationToken cancellationToken)
    {
        try
        {
            return await RabbitMqReader.OpenAsync(link.Connection, options, from, prefetch, time, cancellationToken);
        }
        catch (Exception exception) when (RabbitMqFaults.IsOfBroker(exception))
        {
            throw RabbitMqFaults.Of(exception, options);
        }
    }
}

using System.Globalization;
using Hermes.Abstractions.Buses;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Hermes.RabbitMq;

/// <summary>Sees to it that the stream is there.</summary>
internal static class RabbitMqStream
{
    /// <summary>The header in which the broker tells the offset of a message, and the argument that tells where reading starts.</summary>
    public const string Offset = "x-stream-offset";

    /// <summary>Makes the stream if it is missing and may be made. One that is there is used as it is.</summary>
    /// <exception cref="BusException">It is missing and must not be made, or is no stream.</exception>
    public static async Task EnsureAsync(IConnection connection, RabbitMqOptions options, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(connection, options, cancellationToken))
            return;
        if (!options.CreateStream)
            throw RabbitMqFaults.StreamMissing(options);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            options.Stream, durable: true, exclusive: false, autoDelete: false, Arguments(options), cancellationToken: cancellationToken);
    }

    // The broker closes a channel on which a missing queue was asked for, hence one of its own.
    private static async Task<bool> ExistsAsync(IConnection connection, RabbitMqOptions options, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclarePassiveAsync(options.Stream, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException exception) when (RabbitMqFaults.IsStreamMissing(exception))
        {
            return false;
        }
    }

    private static Dictionary<string, object?> Arguments(RabbitMqOptions options)
    {
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "stream" };
        if (options.RetentionAge is { } age)
            arguments["x-max-age"] = string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalSeconds}s");
        if (options.RetentionBytes is { } bytes)
            arguments["x-max-length-bytes"] = bytes;
        if (options.SegmentBytes is { } segment)
            arguments["x-stream-max-segment-size-bytes"] = segment;
        return arguments;
    }
}

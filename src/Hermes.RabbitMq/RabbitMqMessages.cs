using System.Text;
using Hermes.Abstractions.Buses;
using RabbitMQ.Client;

namespace Hermes.RabbitMq;

/// <summary>Messages as RabbitMQ carries them: the id as <c>message-id</c>, the category as <c>type</c>, headers as headers.</summary>
internal static class RabbitMqMessages
{
    private const string CloudEventsId = "ce_id";

    public static BasicProperties Properties(BusMessage message, long unixSeconds)
    {
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = "application/json",
            Type = message.Category,
            Timestamp = new AmqpTimestamp(unixSeconds),
        };
        if (message.Id is { } id)
            properties.MessageId = id;
        if (message.Headers.Count > 0)
        {
            properties.Headers = new Dictionary<string, object?>(message.Headers.Count, StringComparer.Ordinal);
            foreach (var (name, value) in message.Headers)
                properties.Headers[name] = value;
        }

        return properties;
    }

    /// <summary>The offset of a delivery, or null if what delivers is no stream.</summary>
    public static BusOffset? Offset(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(RabbitMqStream.Offset, out var value) == true && value is long offset ? new BusOffset(offset) : null;

    /// <param name="properties">The properties of the delivery.</param>
    /// <param name="body">The body; copied, since the client library reuses it.</param>
    /// <param name="offset">The offset of the message.</param>
    public static ReceivedMessage Received(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, BusOffset offset)
    {
        var headers = Headers(properties.Headers);
        var message = new BusMessage(properties.Type ?? "", body.ToArray())
        {
            Id = properties.MessageId ?? headers.GetValueOrDefault(CloudEventsId),
            Headers = headers,
        };
        return new ReceivedMessage(message, offset, DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime));
    }

    private static IReadOnlyDictionary<string, string> Headers(IDictionary<string, object?>? sent)
    {
        if (sent is null)
            return BusMessage.NoHeaders;
        var headers = new Dictionary<string, string>(sent.Count, StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            // Headers that are no text are the broker's own (x-stream-offset, ...).
            if (value is byte[] text)
                headers[name] = Encoding.UTF8.GetString(text);
        }

        return headers;
    }
}

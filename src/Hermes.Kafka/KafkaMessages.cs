using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>Messages as Kafka carries them: the category as key, headers as headers, the id as the header <c>ce_id</c> (CloudEvents, binary mode).</summary>
internal static class KafkaMessages
{
    private const string IdHeader = "ce_id";

    public static Message<byte[], byte[]> ToKafka(BusMessage message)
    {
        var headers = new Headers();
        foreach (var (name, value) in message.Headers)
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        if (message.Id is { } id && !message.Headers.ContainsKey(IdHeader))
            headers.Add(IdHeader, Encoding.UTF8.GetBytes(id));
        return new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(message.Category), Value = Bytes(message.Body), Headers = headers };
    }

    public static ReceivedMessage FromKafka(ConsumeResult<byte[], byte[]> result)
    {
        var headers = Headers(result.Message.Headers);
        var message = new BusMessage(result.Message.Key is { } key ? Encoding.UTF8.GetString(key) : "", result.Message.Value)
        {
            Id = headers.GetValueOrDefault(IdHeader),
            Headers = headers,
        };
        return new ReceivedMessage(
            message, new BusOffset(result.Offset.Value), DateTimeOffset.FromUnixTimeMilliseconds(result.Message.Timestamp.UnixTimestampMs));
    }

    private static IReadOnlyDictionary<string, string> Headers(Headers? sent)
    {
        if (sent is null || sent.Count == 0)
            return BusMessage.NoHeaders;
        var headers = new Dictionary<string, string>(sent.Count, StringComparer.Ordinal);
        foreach (var header in sent)
        {
            if (header.GetValueBytes() is { } value)
                headers[header.Key] = Encoding.UTF8.GetString(value);
        }

        return headers;
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment.Offset == 0 && segment.Array!.Length == segment.Count ? segment.Array : body.ToArray();
}

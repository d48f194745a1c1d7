using System.Text.Json.Serialization;
using Hermes.Abstractions.Buses;

namespace ThirdParty.Bus;

/// <summary>A message as it stands in a file, on a line of its own. The body is base64 text: it may be any bytes.</summary>
internal sealed record StoredMessage(string Category, string? Id, IReadOnlyDictionary<string, string> Headers, DateTimeOffset Time, byte[] Body)
{
    public static StoredMessage Of(BusMessage message, DateTimeOffset time) => new(message.Category, message.Id, message.Headers, time, message.Body.ToArray());

    public ReceivedMessage At(long offset) => new(new BusMessage(Category, Body) { Id = Id, Headers = Headers }, new BusOffset(offset), Time);
}

[JsonSerializable(typeof(StoredMessage))]
internal sealed partial class StoredJson : JsonSerializerContext;

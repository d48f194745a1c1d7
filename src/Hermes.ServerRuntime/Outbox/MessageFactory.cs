using System.Diagnostics;
using System.Globalization;
using Hermes.Abstractions.Buses;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Outbox;

/// <summary>
/// Makes bus messages of stored events: puts in the stamp and the secret values, signs them if there is a key, and adds headers in CloudEvents 1.0 binary mode.
/// </summary>
internal sealed class MessageFactory(string server, byte[]? signingKey, ServerSession session)
{
    private readonly string _source = SourceOf(server);
    private readonly Dictionary<(string Category, string Kind), string> _types = [];

    // All events of a commit have the same time.
    private (DateTimeOffset Time, string Text) _time;

    /// <summary>The name of a server as its messages carry it.</summary>
    public static string SourceOf(string server) => "/hermes/" + Uri.EscapeDataString(server);

    public BusMessage Make(OutboxEvent stored)
    {
        var stamp = new EventStamp(session.Header.ProducerId, stored.Sequence, stored.Time);
        var body = session.Secrets.TryGetValue(stored.Sequence, out var complete) ? EventJson.Encode(complete, stamp) : EventJson.WithStamp(stored.Body, stamp);
        var id = stamp.Id;
        return new BusMessage(stored.Category, body) { Id = id, Headers = HeadersOf(stored, id, body) };
    }

    private Dictionary<string, string> HeadersOf(OutboxEvent stored, string id, ReadOnlyMemory<byte> body)
    {
        var headers = new Dictionary<string, string>(8, StringComparer.Ordinal)
        {
            ["ce_specversion"] = "1.0",
            ["ce_id"] = id,
            ["ce_source"] = _source,
            ["ce_type"] = TypeOf(stored),
            ["ce_time"] = TextOf(stored.Time),
            ["content-type"] = "application/json",
        };
        if (signingKey is not null)
            headers[EventSignature.Header] = EventSignature.Of(body.Span, signingKey);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace })
            headers["traceparent"] = trace;
        return headers;
    }

    private string TypeOf(OutboxEvent stored)
    {
        if (!_types.TryGetValue((stored.Category, stored.Kind), out var type))
            _types.Add((stored.Category, stored.Kind), type = $"hermes.{stored.Category}.{stored.Kind}");
        return type;
    }

    private string TextOf(DateTimeOffset time)
    {
        if (_time.Text is null || _time.Time != time)
            _time = (time, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        return _time.Text;
    }
}

using System.Collections.Frozen;

namespace Hermes.Abstractions.Buses;

/// <summary>A message as the bus carries it: bytes, a category and headers. Adapters never look into the body.</summary>
/// <param name="Category">The category of the event (<c>base</c> or <c>initsync</c>); the key of the message where a bus has keys.</param>
/// <param name="Body">The body: one JSON object in UTF-8.</param>
public sealed record BusMessage(string Category, ReadOnlyMemory<byte> Body)
{
    /// <summary>No headers.</summary>
    public static IReadOnlyDictionary<string, string> NoHeaders { get; } = FrozenDictionary<string, string>.Empty;

    /// <summary>
    /// The id of the event, the same however often it is sent, or null for a message of a producer that gives none. A bus that can
    /// drops a second message with the same id and the same body, and refuses one with another body (<see cref="BusMessageConflictException"/>).
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Further headers (CloudEvents attributes, trace context). A bus without headers leaves them out.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;
}

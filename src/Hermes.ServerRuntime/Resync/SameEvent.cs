using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Resync;

/// <summary>Tells whether an event on the bus is one of the outbox, which lacks the secret values.</summary>
internal static class SameEvent
{
    public static bool Is(OutboxEvent stored, DecodedEvent sent) =>
        sent.Stamp!.Time.UtcTicks == stored.Time.UtcTicks && Covers(sent.Event, EventJson.Decode(stored.Body).Event);

    private static bool Covers(HermesEvent sent, HermesEvent stored) => (sent, stored) switch
    {
        (AddedEvent a, AddedEvent b) => a.Category == b.Category && IsOf(a, b) && Covers(a.Attributes, b.Attributes),
        (ModifiedEvent a, ModifiedEvent b) =>
            IsOf(a, b) && Covers(a.Changes.Added, b.Changes.Added) && Covers(a.Changes.Modified, b.Changes.Modified)
            && b.Changes.Removed.All(name => a.Changes.Removed.Contains(name)),
        _ => EventJson.Encode(sent, null).AsSpan().SequenceEqual(EventJson.Encode(stored, null)),
    };

    private static bool IsOf(EntryEvent sent, EntryEvent stored) => sent.Type == stored.Type && sent.Key.Equals(stored.Key);

    private static bool Covers(Entry sent, Entry stored) => stored.All(attribute => sent.Get(attribute.Key).Equals(attribute.Value));
}

using Hermes.Events;
using Hermes.Events.Json;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Staging;

/// <summary>Encodes events for the outbox.</summary>
internal static class StagedEvents
{
    public static StagedEvent Of(HermesEvent @event, int order) =>
        new(order, EventJson.CategoryName(@event.Category), EventJson.TypeName(@event), EventJson.Encode(@event, null));
}

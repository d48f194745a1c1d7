using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.Control;

/// <summary>Why an event is in the error queue.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueuedEventState>))]
public enum QueuedEventState
{
    /// <summary>It was not tried yet: it waits for something, or for its turn.</summary>
    Waiting,

    /// <summary>It was tried, and failed.</summary>
    Failed,
}

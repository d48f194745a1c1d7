using System.Text.Json.Serialization;

namespace Hermes.ServerRuntime.Control;

/// <summary>What was decided about removals that are not sent: a state by which they are listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HeldState>))]
public enum HeldState
{
    /// <summary>Nothing yet.</summary>
    Awaiting,

    /// <summary>They were rejected.</summary>
    Rejected,
}

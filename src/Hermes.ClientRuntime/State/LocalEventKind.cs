using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.State;

/// <summary>What a local event does to an entry.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LocalEventKind>))]
public enum LocalEventKind
{
    /// <summary>It appears, or comes back from the trashbin.</summary>
    Added,

    /// <summary>Attributes of it change.</summary>
    Modified,

    /// <summary>It goes, to the trashbin or for good.</summary>
    Removed,
}

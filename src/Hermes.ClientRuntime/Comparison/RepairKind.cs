using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>What is done about what a comparison found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepairKind>))]
public enum RepairKind
{
    /// <summary>
    /// Objects are brought to their entries: what differs is written, what is missing is made anew, what is to be linked is linked and written. Each passes through the
    /// error queue.
    /// </summary>
    Write,

    /// <summary>
    /// Only links are remembered, for <see cref="FindingKind.ToLink"/>: nothing is written, and what the entry waits for in the error queue is dropped. What
    /// differs is found by the next comparison.
    /// </summary>
    Link,

    /// <summary>
    /// Objects that are <see cref="FindingKind.Unmanaged"/> go where the target puts what goes to the trashbin, if the policy of the type allows it
    /// (<see cref="Configuration.UnmanagedPolicy"/>).
    /// </summary>
    Trash,

    /// <summary>Objects that are <see cref="FindingKind.Unmanaged"/> are removed for good, if the policy of the type allows it.</summary>
    Remove,
}

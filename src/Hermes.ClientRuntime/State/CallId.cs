using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.State;

/// <summary>Names the event that a call of the target was made for.</summary>
/// <param name="Place">The offset of its message, or its number in the error queue.</param>
/// <param name="Type">The local type that the message feeds; empty for an event of the error queue.</param>
public readonly record struct CallId(long Place, string Type)
{
    /// <summary>Whether the event is in the error queue.</summary>
    public bool IsQueued => Type.Length == 0;

    /// <summary>An event that a message means for a local type.</summary>
    public static CallId OfMessage(BusOffset offset, string type) => new(offset.Value, type);

    /// <summary>An event of the error queue.</summary>
    public static CallId OfQueued(long number) => new(number, "");
}

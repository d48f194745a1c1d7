namespace Hermes.ClientRuntime.State;

/// <summary>
/// What an event of the client's own data model comes from, and is named by for good: the same after a restart, a redelivery, and however long the event waits. Of events that
/// are merged it is that of the latest.
/// </summary>
/// <param name="Producer">Who sent the event; empty for one without a number of its producer.</param>
/// <param name="Number">Its number there, or the offset of its message.</param>
public readonly record struct EventOrigin(string? Producer, long Number)
{
    /// <summary>Whether nothing is known of it.</summary>
    public bool IsUnknown => Producer is null;

    /// <summary>The origin of an event that no message brought: it follows from what the client knows. No two are the same.</summary>
    public static EventOrigin New() => new($"client-{Guid.NewGuid():N}", 0);
}

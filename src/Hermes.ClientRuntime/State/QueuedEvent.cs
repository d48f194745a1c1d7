using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>An event in the error queue.</summary>
/// <param name="Number">Its place: later events have greater ones.</param>
/// <param name="Event">The event.</param>
/// <param name="Since">When it was queued.</param>
/// <param name="Attempts">What was tried.</param>
public sealed record QueuedEvent(long Number, LocalEvent Event, DateTimeOffset Since, AttemptLog Attempts)
{
    /// <summary>The entry it is about.</summary>
    public EntryId Id => Event.Id;

    /// <inheritdoc/>
    public override string ToString() => $"#{Number} {Event}";
}

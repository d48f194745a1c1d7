using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// What is held in memory of an event in the error queue: enough to say what waits for what, and until when. The event itself is in the state.
/// </summary>
/// <param name="Number">Its place.</param>
/// <param name="Id">The entry it is about.</param>
/// <param name="RemoteType">The type of the server that the entry comes from.</param>
/// <param name="Kind">What it does.</param>
/// <param name="IsFaulty">Whether its local entry could not be computed.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastAttempt">When it was tried last, in UTC ticks; 0 if never.</param>
/// <param name="Holder">The entry whose object has what this one needs; null if nothing is taken.</param>
/// <param name="Group">The group of what it failed of; 0 if it has not.</param>
/// <param name="WasBrokenOff">Whether the target may have its change although no call has succeeded.</param>
internal sealed record QueueItem(
    long Number, EntryId Id, string RemoteType, LocalEventKind Kind, bool IsFaulty, int Attempts, long LastAttempt, EntryId? Holder, long Group, bool WasBrokenOff)
{
    public static QueueItem Of(QueuedEvent queued) => new(
        queued.Number,
        queued.Id,
        queued.Event.RemoteType,
        queued.Event.Kind,
        queued.Event.Fault is not null,
        queued.Attempts.Count,
        queued.Attempts.Last?.UtcTicks ?? 0,
        queued.Attempts.Holder,
        queued.Attempts.Cause?.Id ?? 0,
        queued.Attempts.WasBrokenOff);

    /// <summary>The remote entry that the entry comes from.</summary>
    public EntryId RemoteId => new(RemoteType, Id.Key);

    /// <summary>As <see cref="QueuedEvent"/> shows.</summary>
    public override string ToString() => $"#{Number} {Kind} {Id}";
}

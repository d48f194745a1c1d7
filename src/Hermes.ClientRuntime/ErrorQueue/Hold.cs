using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Whether an event has to wait for others in the error queue, and for which. Pure.</summary>
internal static class Hold
{
    /// <summary>Why an event may not be applied now; null if it may.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="id">The entry that the event is about.</param>
    /// <param name="remote">The remote entry that it comes from.</param>
    /// <param name="kind">What the event does.</param>
    /// <param name="number">Its number in the queue; <see cref="long.MaxValue"/> for a new one. It waits for older events only, so that two never wait for each other.</param>
    public static string? ReasonFor(EventQueue queue, ForeignKeyPolicy policy, EntryId id, EntryId remote, LocalEventKind kind, long number = long.MaxValue)
    {
        if (BlockerOf(queue, policy, id, remote, kind, number) is not { } blocker)
            return null;
        return blocker.Id == id ? $"waits for the earlier event {blocker}"
            : queue.ForeignKeys.AncestorsOf(remote).Contains(blocker.RemoteId) ? $"waits for {blocker}, to which it refers"
            : $"waits for {blocker}, which refers to it";
    }

    /// <summary>The event that another one has to wait for; null if there is none. As <see cref="ReasonFor"/>.</summary>
    public static QueueItem? BlockerOf(EventQueue queue, ForeignKeyPolicy policy, EntryId id, EntryId remote, LocalEventKind kind, long number) =>
        queue.Count == 0 ? null : FirstBlockerOf(queue, policy, id, remote, kind, number);

    private static QueueItem? FirstBlockerOf(EventQueue queue, ForeignKeyPolicy policy, EntryId id, EntryId remote, LocalEventKind kind, long number)
    {
        if (queue.HeadOf(id) is { } earlier && earlier.Number < number)
            return earlier;
        if (Covers(policy, kind) && queue.FirstReferringTo(remote) is { } child && child.Number < number)
            return child;
        if (kind != LocalEventKind.Added)
            return null;

        // A child never comes before its parent. Nor does it come while its parent waits to go: it belongs to the parent that comes back, or both lie in the
        // trashbin.
        return queue.OfAncestors(remote).FirstOrDefault(queued => queued.Kind != LocalEventKind.Modified && queued.Number < number);
    }

    private static bool Covers(ForeignKeyPolicy policy, LocalEventKind kind) => policy switch
    {
        ForeignKeyPolicy.Disabled => false,
        ForeignKeyPolicy.OnRemove => kind == LocalEventKind.Removed,
        ForeignKeyPolicy.OnEvery => true,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, null),
    };
}

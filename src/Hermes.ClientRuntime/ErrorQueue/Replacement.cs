using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Puts another event in the place of one that waits in the error queue.</summary>
internal static class Replacement
{
    /// <summary>
    /// Keeps what was tried. Steps that were completed need not run again if the target is told the same as before: a recycled entry, for one, comes back as it was,
    /// whatever is modified behind it.
    /// </summary>
    /// <param name="queued">The event that waits.</param>
    /// <param name="event">What takes its place.</param>
    /// <param name="has">The entry as the target has it when it is the turn of this event.</param>
    public static QueuedEvent Of(QueuedEvent queued, LocalEvent @event, EntryView? has)
    {
        var replaced = queued with { Event = @event };
        return queued.Attempts.CompletedSteps.IsEmpty || IsToldTheSame(has, queued.Event, @event)
            ? replaced
            : replaced with { Attempts = queued.Attempts with { CompletedSteps = [] } };
    }

    /// <summary>
    /// Has an event tried at once, as if it never had been, also after a restart: what is known of its object is another now, so that steps which an attempt made for an
    /// object before are no longer true.
    /// </summary>
    public static async ValueTask TryAnewAsync(ClientSession session, QueueItem item, string reason)
    {
        var queued = await session.ReadQueuedAsync(item);
        session.PutQueued(queued with
        {
            Attempts = queued.Attempts with { Last = null, Message = reason, CompletedSteps = [], IsPartiallyProcessed = false, Holder = null, Cause = null },
        });
        session.Queue.Conflicts.Free(item.Number);
    }

    // Steps are remembered of the call that failed: the first one that is left to do.
    private static bool IsToldTheSame(EntryView? has, LocalEvent before, LocalEvent after) =>
        ChangePlan.For(has, before) is [var first, ..] && ChangePlan.For(has, after) is [var now, ..] && first.Change.Equals(now.Change);
}

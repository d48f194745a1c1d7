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

    // Steps are remembered of the call that failed: the first one that is left to do.
    private static bool IsToldTheSame(EntryView? has, LocalEvent before, LocalEvent after) =>
        ChangePlan.For(has, before) is [var first, ..] && ChangePlan.For(has, after) is [var now, ..] && first.Change.Equals(now.Change);
}

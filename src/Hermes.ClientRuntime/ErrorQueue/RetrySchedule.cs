using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>When an event in the error queue is tried again.</summary>
/// <param name="Interval">The time between two attempts.</param>
/// <param name="LongestInterval">If longer, the interval doubles with each attempt until it is this long.</param>
internal sealed record RetrySchedule(TimeSpan Interval, TimeSpan LongestInterval)
{
    /// <summary>
    /// An event as it is at a time: an attempt that lies in the future, because the clock was set back since, counts as made now. Null if there is nothing to
    /// correct.
    /// </summary>
    public static QueuedEvent? Corrected(QueuedEvent queued, DateTimeOffset now) =>
        queued.Attempts.Last > now ? queued with { Attempts = queued.Attempts with { Last = now } } : null;

    /// <summary>When an event is due; events that were never tried are due at once.</summary>
    public DateTimeOffset DueAt(QueuedEvent queued) => queued.Attempts is { Last: { } last } attempts
        ? last + IntervalAfter(attempts.Count)
        : DateTimeOffset.MinValue;

    /// <summary>When the next event is due; null if the queue is empty or holds only events that wait for others.</summary>
    public DateTimeOffset? NextDue(EventQueue queue) => queue.Events
        .Where(queued => queued.Attempts.Last is not null)
        .Select(DueAt)
        .Cast<DateTimeOffset?>()
        .Min();

    private TimeSpan IntervalAfter(int attempts)
    {
        var interval = Interval;
        for (var i = 1; i < attempts && interval < LongestInterval; i++)
            interval *= 2;
        return LongestInterval > Interval && interval > LongestInterval ? LongestInterval : interval;
    }
}

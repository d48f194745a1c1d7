namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>When an event in the error queue is tried again.</summary>
/// <param name="Interval">The time between two attempts.</param>
/// <param name="LongestInterval">If longer, the interval doubles with each attempt until it is this long.</param>
internal sealed record RetrySchedule(TimeSpan Interval, TimeSpan LongestInterval)
{
    /// <summary>When an event is due; events that were never tried are due at once.</summary>
    public DateTimeOffset DueAt(QueueItem queued) => queued.LastAttempt > 0
        ? new DateTimeOffset(queued.LastAttempt, TimeSpan.Zero) + IntervalAfter(queued.Attempts)
        : DateTimeOffset.MinValue;

    /// <summary>When the next event is due; null if the queue is empty or holds only events that wait for others.</summary>
    public DateTimeOffset? NextDue(EventQueue queue) => queue.Items
        .Where(queued => queued.LastAttempt > 0)
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

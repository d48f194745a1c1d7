using System.Collections.Immutable;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>The settings of a client, validated. See <see cref="ClientOptions"/>.</summary>
internal sealed record ClientSettings(
    InitSyncChoice InitSync,
    bool AcceptOtherProducers,
    bool AcceptMovedTarget,
    GuardRule? Guard,
    RetrySchedule Retry,
    ForeignKeyPolicy ForeignKeys,
    RemediationPolicy Remediation,
    TimeSpan TrashbinRetention,
    TimeSpan PurgeInterval,
    TimeSpan WaitForMessages,
    int MaxConcurrency,
    int MaxEventsPerCommit,
    TargetSettings Target)
{
    /// <summary>The keys with which messages may be signed; none if signatures are not looked at.</summary>
    public ImmutableArray<byte[]> SigningKeys { get; init; } = [];

    public static ClientSettings From(ClientOptions options) => new(
        options.InitSync,
        options.AcceptOtherProducers,
        options.AcceptMovedTarget,
        RuleOf(options.RemovalGuard),
        new RetrySchedule(options.RetryInterval, options.LongestRetryInterval),
        options.ForeignKeys,
        options.Remediation,
        options.TrashbinRetention,
        options.PurgeInterval,
        options.WaitForMessages,
        options.MaxConcurrency,
        options.MaxEventsPerCommit,
        new TargetSettings(options.TargetTimeout, options.TargetRetries, options.TargetRetryDelay, options.WhenMissing == WhenMissing.Recreate))
    {
        SigningKeys = [.. options.SigningKeys.Select(EventSignature.KeyOf)],
    };

    /// <summary>The rule that options make; null if nobody looks.</summary>
    public static GuardRule? RuleOf(ClientRemovalGuardOptions guard) =>
        guard.Enabled ? new GuardRule(guard.MaxPercent, guard.MinEntries, guard.MaxEntries, guard.AllowEmpty) : null;
}

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
    public DateTimeOffset? NextDue(EventQueue queue, OverdueEvents overdue) => queue.Items
        .Where(queued => queued.LastAttempt > 0 && !overdue.Contains(queued))
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

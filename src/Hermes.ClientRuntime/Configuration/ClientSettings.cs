using System.Collections.Immutable;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>The settings of a client, validated. See <see cref="ClientOptions"/>.</summary>
internal sealed record ClientSettings(
    InitSyncChoice InitSync,
    bool AcceptOtherProducers,
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

using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>The settings of a client that are drawn for a history.</summary>
internal sealed record HistorySettings(
    RemediationPolicy Remediation, ForeignKeyPolicy ForeignKeys, TimeSpan Retention, int MaxConcurrency, int MaxEventsPerCommit)
{
    public static HistorySettings Draw(Random random) => new(
        (RemediationPolicy)random.Next(3),
        (ForeignKeyPolicy)random.Next(3),
        random.Next(3) switch { 0 => TimeSpan.Zero, 1 => TimeSpan.FromHours(3), _ => TimeSpan.FromDays(30) },
        random.Next(4) == 0 ? 4 : 1,
        random.Next(3) == 0 ? 2000 : 1);
}

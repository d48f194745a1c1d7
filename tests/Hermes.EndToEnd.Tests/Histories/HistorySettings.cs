using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>The data model of a client, of which there are two.</summary>
internal enum Naming
{
    /// <summary>Users have a display name such as <c>Ada Byron</c> and a mail.</summary>
    FirstLast,

    /// <summary>Users have a display name such as <c>Byron, Ada</c>, groups have a label, and there are no accounts.</summary>
    LastFirst,
}

/// <summary>The settings of a client that are drawn for a history.</summary>
internal sealed record HistorySettings(
    RemediationPolicy Remediation, ForeignKeyPolicy ForeignKeys, TimeSpan Retention, int MaxConcurrency, int MaxEventsPerCommit, Naming Naming)
{
    public static HistorySettings Draw(Random random) => new(
        (RemediationPolicy)random.Next(3),
        (ForeignKeyPolicy)random.Next(3),
        random.Next(4) switch { 0 => TimeSpan.Zero, 1 or 2 => TimeSpan.FromHours(3), _ => TimeSpan.FromDays(30) },
        random.Next(4) == 0 ? 4 : 1,
        random.Next(3) == 0 ? 2000 : 1,
        (Naming)random.Next(2));
}

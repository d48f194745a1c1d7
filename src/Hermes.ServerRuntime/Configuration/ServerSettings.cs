using Hermes.Diff.Model;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>The settings of a server, checked and copied.</summary>
internal sealed record ServerSettings(
    string Name,
    ServerModel Model,
    TimeSpan PollInterval,
    bool InitSyncAtFirstPoll,
    RemovalGuardSettings? RemovalGuard,
    RetrySettings Retry,
    int MaxLoggedValueLength);

/// <summary>When removals wait for approval.</summary>
internal sealed record RemovalGuardSettings(double MaxPercent, int MinEntries, int? MaxEntries);

/// <summary>When to try again.</summary>
internal sealed record RetrySettings(TimeSpan FirstDelay, TimeSpan MaxDelay);

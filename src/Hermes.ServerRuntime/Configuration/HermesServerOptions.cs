using Hermes.Diff.Model.Options;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>The settings of a server as they are written in C# or in the configuration.</summary>
public sealed class HermesServerOptions
{
    /// <summary>The data types, parents before children.</summary>
    public ServerModelOptions Model { get; } = new();

    /// <summary>How long to wait between the end of a poll and the start of the next. Must be set.</summary>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>
    /// Whether the very first poll is followed by an initsync. Default: false; clients get the data when an initsync is asked for.
    /// </summary>
    public bool InitSyncAtFirstPoll { get; set; }

    /// <summary>When removals wait for approval.</summary>
    public RemovalGuardOptions RemovalGuard { get; } = new();

    /// <summary>When to try again after a failure.</summary>
    public RetryOptions Retry { get; } = new();

    /// <summary>
    /// Signs all messages, so that clients can refuse those of others: a text of at least 32 characters, which is a secret. Default: none, and messages are not signed.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>Where longer values are cut in logs, status and notifications, in characters. Default: 512.</summary>
    public int MaxLoggedValueLength { get; set; } = 512;
}

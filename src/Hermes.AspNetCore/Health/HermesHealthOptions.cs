namespace Hermes.AspNetCore.Health;

/// <summary>When the health checks call a server or client degraded.</summary>
public sealed class HermesHealthOptions
{
    /// <summary>More events in the error queue of a client. Default: 100.</summary>
    public int MaxQueuedEvents { get; set; } = 100;

    /// <summary>More events that a server has still to send. Default: 10,000.</summary>
    public long MaxOutbox { get; set; } = 10_000;

    /// <summary>A poll is due for longer and has not begun. Default: 5 minutes.</summary>
    public TimeSpan MaxPollDelay { get; set; } = TimeSpan.FromMinutes(5);
}

namespace Hermes.ServerRuntime.Configuration;

/// <summary>When a server tries again after a failure: soon at first, then less and less often.</summary>
public sealed class RetryOptions
{
    /// <summary>How long to wait after the first failure. Default: 5 seconds.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two tries. Default: 5 minutes.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(5);
}

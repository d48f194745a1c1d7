namespace Hermes.ClientRuntime.Configuration;

/// <summary>How a target is called.</summary>
/// <param name="Timeout">The longest time of one call.</param>
/// <param name="Retries">How often a call that failed transiently is repeated.</param>
/// <param name="RetryDelay">The wait before the first repetition.</param>
/// <param name="RecreatesMissing">Whether an entry whose object is gone is put anew.</param>
internal sealed record TargetSettings(TimeSpan Timeout, int Retries, TimeSpan RetryDelay, bool RecreatesMissing);

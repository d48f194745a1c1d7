using Hermes.Abstractions;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Hermes.ClientRuntime.Targets;

/// <summary>The resilience around each call of a target: repetition of transient faults, and around each attempt a time limit.</summary>
internal static class TargetPipeline
{
    public static ResiliencePipeline Create(TargetSettings settings, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (settings.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<TargetException>(exception => exception.Fault == FaultKind.Transient),
                MaxRetryAttempts = settings.Retries,
                Delay = settings.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
            });
        }

        return builder.AddTimeout(new TimeoutStrategyOptions { Timeout = settings.Timeout }).Build();
    }
}

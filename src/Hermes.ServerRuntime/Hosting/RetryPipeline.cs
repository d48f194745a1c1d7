using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Polly;
using Polly.Retry;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>Tries the cycle again after a failure, less and less often, for as long as nobody asks for something else.</summary>
internal static class RetryPipeline
{
    public static ResiliencePipeline Make(RetrySettings settings, RequestQueue requests, StatusBoard status, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is not null && !requests.HasWaiting),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.FirstDelay,
                MaxDelay = settings.MaxDelay,
                OnRetry = arguments =>
                {
                    var next = time.GetUtcNow() + arguments.RetryDelay;
                    status.Update(current => current with { NextUpdate = next });
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}

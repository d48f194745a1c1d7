using System.Net.Http.Headers;
using Hermes.Abstractions;

namespace Hermes.Http.Connection;

/// <summary>What the status of an answer means that is not the one hoped for.</summary>
internal static class AnswerStatus
{
    public const int Unauthorized = 401;

    public static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The failure that a status stands for. What the body says of it may show anything, and is left out.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">What the answer says about trying again.</param>
    /// <param name="longestWait">How long a wait may be at most.</param>
    /// <param name="time">The clock.</param>
    public static HttpFaultException Fault(int status, RetryConditionHeaderValue? retryAfter, TimeSpan longestWait, TimeProvider time)
    {
        var fault = status is 408 or 425 or 429 or >= 500 and not 501 and not 505 ? FaultKind.Transient : FaultKind.Permanent;
        var text = status switch
        {
            Unauthorized => "The service does not accept the credentials. Correct them.",
            403 => "The service denies access. Grant the right to read this.",
            404 or 410 => "The service has nothing at this address. Correct Address, or the query of the data type.",
            400 or 405 or 406 or 415 or 422 => "The service does not accept the request. Correct the query, its variables, Method or Body.",
            429 => "The service gets too many requests.",
            503 => "The service is not available now.",
            >= 500 => "The service failed.",
            204 or 205 => "The answer has no content.",
            206 => "The answer is only a part of what was asked for.",
            _ => "This is not the answer that was hoped for.",
        };
        var wait = fault == FaultKind.Transient ? Wait(retryAfter, time) : null;
        var isTooLong = wait > longestWait;
        if (isTooLong)
            text += $" It asks to wait for {wait:c}, which is longer than LongestWait.";
        return new HttpFaultException($"{text} (Status {status}.)", fault)
        {
            RetryAfter = wait,
            IsUndone = status is 429 or 503,
            IsWorthRetrying = fault == FaultKind.Transient && !isTooLong,
        };
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? retryAfter, TimeProvider time)
    {
        var wait = retryAfter?.Delta ?? retryAfter?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait is { } asked ? TimeSpan.FromSeconds(Math.Ceiling(asked.TotalSeconds)) : null;
    }
}

using Microsoft.Extensions.Logging;

namespace Hermes.AspNetCore;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Actor} asks the {Participant} to {Action}: {Reason}")]
    public static partial void Asked(this ILogger log, string actor, string participant, string action, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The {Participant} was asked to {Action}, and failed after who asked had stopped waiting")]
    public static partial void FailedLater(this ILogger log, string participant, string action, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "A request of the dashboard or its API failed: {Method} {Path}")]
    public static partial void RequestFailed(this ILogger log, string method, string path, Exception exception);
}

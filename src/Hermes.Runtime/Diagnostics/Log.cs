using Microsoft.Extensions.Logging;

namespace Hermes.Runtime.Diagnostics;

/// <summary>What both halves log. The ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(232, LogLevel.Error, "The {Participant}: the notifier {Notifier} failed to deliver '{Subject}'")]
    public static partial void NotifierFailed(this ILogger log, Exception exception, string participant, string notifier, string subject);

    [LoggerMessage(233, LogLevel.Warning, "The {Participant}: {Part} could not be closed")]
    public static partial void PartNotClosed(this ILogger log, Exception exception, string participant, string part);

    [LoggerMessage(234, LogLevel.Warning, "The {Participant} waits for its state: {Reason}")]
    public static partial void WaitingForState(this ILogger log, string participant, string reason);

    [LoggerMessage(240, LogLevel.Warning, "{Subject}\n{Text}")]
    public static partial void Notified(this ILogger log, string subject, string text);

    [LoggerMessage(241, LogLevel.Information, "{Subject}")]
    public static partial void NotifiedOver(this ILogger log, string subject);
}

using Microsoft.Extensions.Logging;

namespace Hermes.Runtime.Diagnostics;

/// <summary>A log each of whose messages is one line. The values of structured logging stay as they are: what stores them keeps them apart.</summary>
internal sealed class SingleLineLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        inner.Log(logLevel, eventId, state, exception, (written, cause) => SingleLine.Of(formatter(written, cause)));
}

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

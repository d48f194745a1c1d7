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

namespace Hermes.Runtime.Control;

/// <summary>A request cannot be answered because the server or client is not running.</summary>
public sealed class NotRunningException : InvalidOperationException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="participant">Who does not run, such as <c>server campus</c>.</param>
    /// <param name="lastError">What failed last; null if nothing did.</param>
    public NotRunningException(string participant, string? lastError)
        : base(lastError is null ? $"The {participant} is not running." : $"The {participant} is not running: {lastError}")
    {
    }
}

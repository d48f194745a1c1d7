namespace Hermes.Events.Json;

/// <summary>A message is not an event. The message says why and never holds an attribute's value.</summary>
public sealed class EventFormatException : Exception
{
    /// <summary>Makes an exception.</summary>
    public EventFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

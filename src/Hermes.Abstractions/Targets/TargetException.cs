namespace Hermes.Abstractions.Targets;

/// <summary>A target failed in a way that it understands. The message says what failed and what to do; it never holds a credential or a secret value.</summary>
public class TargetException : Exception
{
    /// <summary>Makes an exception for a fault that trying again may cure, or not.</summary>
    public TargetException(string message, FaultKind fault, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Whether trying the same again may help. Transient faults are retried at once, a few times, before the error queue.</summary>
    public FaultKind Fault { get; }
}

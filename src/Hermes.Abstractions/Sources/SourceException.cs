namespace Hermes.Abstractions.Sources;

/// <summary>A data source failed. The message says what failed, where, and what to do; it never holds a credential or a secret value.</summary>
public class SourceException : Exception
{
    /// <summary>Makes an exception for a fault that trying again may cure, or not.</summary>
    public SourceException(string message, FaultKind fault, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Whether trying the same again may help.</summary>
    public FaultKind Fault { get; }
}

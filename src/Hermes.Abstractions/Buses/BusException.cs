namespace Hermes.Abstractions.Buses;

/// <summary>A message bus failed. The message says what failed, where, and what to do; it never holds a credential.</summary>
public class BusException : Exception
{
    /// <summary>Makes an exception for a fault that trying again may cure, or not.</summary>
    public BusException(string message, FaultKind fault, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Whether trying the same again may help.</summary>
    public FaultKind Fault { get; }

    /// <summary>When sending: how many of the first messages the bus had confirmed.</summary>
    public int Confirmed { get; init; }
}

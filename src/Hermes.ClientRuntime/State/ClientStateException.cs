using Hermes.Abstractions;

namespace Hermes.ClientRuntime.State;

/// <summary>The state of a client cannot be used. The message says why and what to do.</summary>
public sealed class ClientStateException : Exception
{
    /// <summary>Makes an exception.</summary>
    public ClientStateException(string message, FaultKind fault, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Whether trying the same again may help.</summary>
    public FaultKind Fault { get; }
}

using Hermes.Abstractions;

namespace Hermes.ServerRuntime.State;

/// <summary>The state of a server cannot be used. The message says why and what to do.</summary>
public sealed class ServerStateException : Exception
{
    /// <summary>Makes an exception.</summary>
    public ServerStateException(string message, FaultKind fault, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Whether trying the same again may help.</summary>
    public FaultKind Fault { get; }
}

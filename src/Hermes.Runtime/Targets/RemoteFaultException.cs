using Hermes.Abstractions;

namespace Hermes.Runtime.Targets;

/// <summary>Another system did not do what it was asked for. The message is for people, and shows no credential and nothing of what was sent.</summary>
internal abstract class RemoteFaultException(string message, FaultKind fault, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Whether the same request may succeed later.</summary>
    public FaultKind Fault { get; } = fault;
}

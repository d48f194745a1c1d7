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

    /// <summary>Says that the state was opened by another, although this one had it open.</summary>
    /// <param name="state">The state, as its store calls it.</param>
    public static ClientStateException TakenOver(string state) => new(
        $"Another client took over {state} while this one had it open. What this one did since its last commit is done again by the other. "
        + "Find out why this one was taken for dead: whether its lock file was deleted, or its process stood still.",
        FaultKind.Transient);
}

namespace Hermes.Abstractions.Targets;

/// <summary>
/// A name or another value that must be unique is taken by an object that is not this entry's. Nothing was changed. If the object is another entry's, the change
/// waits for that one, and is tried again as soon as a change of it succeeded.
/// </summary>
public sealed class TargetConflictException : TargetException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is taken, by which object, and what to do.</param>
    /// <param name="holder">The link of the object that has it; null if it cannot be told.</param>
    /// <param name="innerException">What the target answered.</param>
    public TargetConflictException(string message, string? holder, Exception? innerException = null)
        : base(message, FaultKind.Permanent, innerException) => Holder = holder;

    /// <summary>The link of the object that has it; null if it cannot be told.</summary>
    public string? Holder { get; }
}

namespace Hermes.Abstractions.Targets;

/// <summary>The object that an entry is linked with is no longer on the target: somebody else removed it. Nothing was changed.</summary>
public sealed class TargetMissingException : TargetException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which object is missing.</param>
    /// <param name="innerException">What the target answered.</param>
    public TargetMissingException(string message, Exception? innerException = null)
        : base(message, FaultKind.Permanent, innerException)
    {
    }
}

namespace Hermes.Abstractions.Sources;

/// <summary>
/// A change feed cannot tell what changed since a cursor: it was thrown away in the meantime, belongs to another server, or is no cursor of this source.
/// The answer is a full read.
/// </summary>
public sealed class CursorNotAcceptedException : SourceException
{
    /// <summary>Makes an exception that says why.</summary>
    public CursorNotAcceptedException(string message, Exception? innerException = null)
        : base(message, FaultKind.Permanent, innerException)
    {
    }
}

namespace Hermes.Abstractions.Sources;

/// <summary>What a <see cref="SourceOperation"/> does.</summary>
public enum SourceOperationKind
{
    /// <summary>Reads rows.</summary>
    Fetch,

    /// <summary>Adds something to the source.</summary>
    Add,

    /// <summary>Modifies something in the source.</summary>
    Modify,

    /// <summary>Deletes something from the source.</summary>
    Delete,
}

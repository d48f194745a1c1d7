namespace Hermes.Abstractions.Targets;

/// <summary>The kinds of change that a target may handle.</summary>
public enum TargetChangeKind
{
    /// <summary>A new entry.</summary>
    Added,

    /// <summary>An entry came back from the trashbin, as it was when it went there.</summary>
    Recycled,

    /// <summary>Attributes of an entry changed.</summary>
    Modified,

    /// <summary>An entry went to the trashbin; it may come back.</summary>
    Trashed,

    /// <summary>An entry is gone for good.</summary>
    Removed,
}

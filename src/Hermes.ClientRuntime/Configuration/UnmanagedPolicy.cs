namespace Hermes.ClientRuntime.Configuration;

/// <summary>What becomes of the objects of a type that are no entry's.</summary>
public enum UnmanagedPolicy
{
    /// <summary>A comparison lists them, and nothing can be done about them. Default.</summary>
    Report,

    /// <summary>A comparison only counts them.</summary>
    Ignore,

    /// <summary>
    /// As <see cref="Report"/>, and they may go where the target puts what goes to the trashbin: if somebody decides so, and by themselves when the client compares by itself and
    /// the guard of the type does not find them too many.
    /// </summary>
    Trash,

    /// <summary>As <see cref="Report"/>, and they may be trashed or removed, but only if somebody decides so.</summary>
    Remove,
}

namespace Hermes.ClientRuntime.Configuration;

/// <summary>What becomes of a change whose object is no longer on the target, because somebody else removed it.</summary>
public enum WhenMissing
{
    /// <summary>
    /// The entry is put anew as a whole, and so are the entries that refer to it and have no object of their own, as memberships. Secrets that did not change are
    /// not known to the client, and are missing until they do. The default.
    /// </summary>
    Recreate,

    /// <summary>The change waits in the error queue.</summary>
    Report,
}

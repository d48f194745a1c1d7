namespace Hermes.Files.Target;

/// <summary>What happens to the file of an entry that goes to the trashbin.</summary>
public enum TrashedFiles
{
    /// <summary>It moves to the folder <c>trash</c> inside the folder of its type. Default.</summary>
    Move,

    /// <summary>It stays where it is until the entry is removed for good.</summary>
    Keep,

    /// <summary>It is deleted, and written again if the entry comes back.</summary>
    Delete,
}

namespace Hermes.Ldap.Directories;

/// <summary>What becomes of an entry of the directory while its entry is in the client's trashbin.</summary>
public enum WhenTrashed
{
    /// <summary>It is deleted, and made anew if it comes back.</summary>
    Delete,

    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It gets <see cref="DirectoryEntryOptions.LockAttributes"/>, and loses them if it comes back.</summary>
    Lock,

    /// <summary>It is moved to <see cref="DirectoryEntryOptions.TrashBase"/>, and moved back if it comes back.</summary>
    Move,
}

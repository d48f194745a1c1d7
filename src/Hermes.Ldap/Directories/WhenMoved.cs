namespace Hermes.Ldap.Directories;

/// <summary>What becomes of an object that somebody moved or renamed in the directory, when its entry changes.</summary>
public enum WhenMoved
{
    /// <summary>It is changed where it is, and gets the name and place of its entry only when those change. Default.</summary>
    Leave,

    /// <summary>It is brought back to the name and place of its entry.</summary>
    Restore,
}

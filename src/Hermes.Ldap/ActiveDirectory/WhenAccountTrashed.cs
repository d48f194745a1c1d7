namespace Hermes.Ldap.ActiveDirectory;

/// <summary>What becomes of an account while its entry is in the client's trashbin.</summary>
public enum WhenAccountTrashed
{
    /// <summary>It is disabled (and moved, if <see cref="AccountOptions.TrashBase"/> is set), and restored if it comes back.</summary>
    Disable,

    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It is deleted. An account that is made anew has another SID: all rights given to the old one are lost.</summary>
    Delete,
}

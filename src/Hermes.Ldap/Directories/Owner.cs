namespace Hermes.Ldap.Directories;

/// <summary>Whose the object of a name is.</summary>
internal enum Owner
{
    /// <summary>There is no object of this name.</summary>
    Nobody,

    /// <summary>That of the entry in question.</summary>
    Entry,

    /// <summary>Somebody else's, or nobody can tell.</summary>
    Another,
}

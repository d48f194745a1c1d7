namespace Hermes.Ldap.Directories;

/// <summary>What becomes of an added entry when the directory has an object of its name already.</summary>
public enum WhenExists
{
    /// <summary>It waits in the error queue, and the message says how the object can be adopted. Default.</summary>
    Hold,

    /// <summary>The object is taken over if its <see cref="EntryMappingOptions.KeyAttribute"/> has the value of the entry; any other is as for <see cref="Hold"/>.</summary>
    Adopt,

    /// <summary>It waits in the error queue; its name or the object's has to change.</summary>
    Refuse,
}

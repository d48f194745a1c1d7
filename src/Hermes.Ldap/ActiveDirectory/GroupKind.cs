namespace Hermes.Ldap.ActiveDirectory;

/// <summary>The scope and purpose of a group; the numbers are those of <c>groupType</c>.</summary>
public enum GroupKind
{
    /// <summary>For permissions, members of its own domain.</summary>
    GlobalSecurity = unchecked((int)0x80000002),

    /// <summary>For permissions in its own domain, members of any.</summary>
    DomainLocalSecurity = unchecked((int)0x80000004),

    /// <summary>For permissions and members of all domains of the forest.</summary>
    UniversalSecurity = unchecked((int)0x80000008),

    /// <summary>For mail only, members of its own domain.</summary>
    GlobalDistribution = 2,

    /// <summary>For mail only in its own domain, members of any.</summary>
    DomainLocalDistribution = 4,

    /// <summary>For mail only, of all domains of the forest.</summary>
    UniversalDistribution = 8,
}

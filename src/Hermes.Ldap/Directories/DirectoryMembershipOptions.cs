using System.ComponentModel.DataAnnotations;

namespace Hermes.Ldap.Directories;

/// <summary>How the entries of a data type become members of groups: one value of the group's member attribute each.</summary>
public sealed class DirectoryMembershipOptions
{
    /// <summary>The local attribute that holds the key of the group.</summary>
    [Required]
    public string Group { get; set; } = "";

    /// <summary>The local attribute that holds the key of the member: a user, or a group for nested groups.</summary>
    [Required]
    public string Member { get; set; } = "";

    /// <summary>The data type of the groups. Default: the type that the foreign key of <see cref="Group"/> names.</summary>
    public string? GroupType { get; set; }

    /// <summary>The data type of the members. Default: the type that the foreign key of <see cref="Member"/> names.</summary>
    public string? MemberType { get; set; }

    /// <summary>The LDAP attribute of the group. Default: <c>member</c>.</summary>
    public string LdapAttribute { get; set; } = "member";

    /// <summary>The LDAP attribute of the member whose value is written, such as <c>uid</c> for <c>memberUid</c>. Default: the DN of the member.</summary>
    public string? Value { get; set; }

    /// <summary>Whether a membership in the trashbin stays. Default: it is taken away, and given back if it comes back.</summary>
    public bool KeepWhenTrashed { get; set; }
}

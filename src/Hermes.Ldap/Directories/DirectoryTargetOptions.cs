using System.ComponentModel.DataAnnotations;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Directories;

/// <summary>An LDAP directory as target.</summary>
public sealed class DirectoryTargetOptions : LdapConnectionOptions
{
    /// <summary>The data types whose entries become entries of the directory, by their names.</summary>
    public IDictionary<string, DirectoryEntryOptions> Entries { get; } = new Dictionary<string, DirectoryEntryOptions>(StringComparer.Ordinal);

    /// <summary>The data types whose entries become members of groups, by their names.</summary>
    public IDictionary<string, DirectoryMembershipOptions> Memberships { get; } = new Dictionary<string, DirectoryMembershipOptions>(StringComparer.Ordinal);

    /// <summary>
    /// How many values of an attribute (the members of a group) are added or removed in one request. Halved when a server finds it too many. Default: 200.
    /// </summary>
    [Range(1, 10000)]
    public int ValuesPerRequest { get; set; } = 200;

    /// <summary>
    /// The LDAP attribute that the server gives every entry for ever, by which objects are found wherever somebody moves them. Default: <c>entryUUID</c> (RFC 4530). Others are
    /// <c>nsUniqueId</c> and <c>ipaUniqueID</c>. Without such an attribute, objects are found by their names.
    /// </summary>
    [Required]
    public string IdentityAttribute { get; set; } = "entryUUID";

    /// <summary>
    /// Whether members of groups are corrected when an entry is renamed, moved or deleted: one search per place that may refer to it. Default: true.
    /// Set false where the server does it (the refint overlay of OpenLDAP, Active Directory).
    /// </summary>
    public bool CorrectReferences { get; set; } = true;
}

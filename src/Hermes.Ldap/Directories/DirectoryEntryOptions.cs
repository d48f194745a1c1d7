using System.ComponentModel.DataAnnotations;

namespace Hermes.Ldap.Directories;

/// <summary>How the entries of a data type (users, groups, whatever) become entries of an LDAP directory.</summary>
public sealed class DirectoryEntryOptions : EntryMappingOptions
{
    /// <summary>The object classes of the entries.</summary>
    public IList<string> ObjectClasses { get; } = [];

    /// <summary>The LDAP attribute that <see cref="EntryMappingOptions.PasswordAttribute"/> is written to. Default: <c>userPassword</c>.</summary>
    public string PasswordLdapAttribute { get; set; } = "userPassword";

    /// <summary>The local attribute that lists the keys of an entry's members, for a group whose members are a list. Default: none.</summary>
    public string? MembersAttribute { get; set; }

    /// <summary>The data type whose keys <see cref="MembersAttribute"/> lists.</summary>
    public string? MembersType { get; set; }

    /// <summary>The LDAP attribute that <see cref="MembersAttribute"/> is written to. Default: <c>member</c>.</summary>
    public string MembersLdapAttribute { get; set; } = "member";

    /// <summary>The LDAP attribute of a member whose value is written, such as <c>uid</c> for <c>memberUid</c>. Default: the DN of the member.</summary>
    public string? MembersValue { get; set; }

    /// <summary>
    /// The DN that stands for a member while a group has none, for object classes that want one (<c>groupOfNames</c>). Default: none.
    /// </summary>
    public string? EmptyMember { get; set; }

    /// <summary>What becomes of trashed entries. Default: they are deleted.</summary>
    public WhenTrashed WhenTrashed { get; set; } = WhenTrashed.Delete;

    /// <summary>The container of trashed entries, for <see cref="Directories.WhenTrashed.Move"/>.</summary>
    public string? TrashBase { get; set; }

    /// <summary>What trashed entries are given, for <see cref="Directories.WhenTrashed.Lock"/>, such as <c>pwdAccountLockedTime: 000001010000Z</c>.</summary>
    public IDictionary<string, IList<string>> LockAttributes { get; } = new Dictionary<string, IList<string>>(StringComparer.OrdinalIgnoreCase);

    internal override IEnumerable<string> Classes => ObjectClasses;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (ObjectClasses.Count == 0)
            yield return new("Give the object classes of the entries, such as inetOrgPerson.", [nameof(ObjectClasses)]);
        if (WhenTrashed == WhenTrashed.Move && string.IsNullOrEmpty(TrashBase))
            yield return new("WhenTrashed is Move: give the DN of the container to move to.", [nameof(TrashBase)]);
        if (WhenTrashed == WhenTrashed.Lock && LockAttributes.Count == 0)
            yield return new("WhenTrashed is Lock: give the attributes that lock an entry.", [nameof(LockAttributes)]);
        if (MembersAttribute is null != MembersType is null)
            yield return new("MembersAttribute and MembersType go together.", [nameof(MembersAttribute)]);
    }
}

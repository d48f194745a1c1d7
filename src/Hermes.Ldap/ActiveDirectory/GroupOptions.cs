using System.ComponentModel.DataAnnotations;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>How the entries of a data type become groups. A group whose <c>sAMAccountName</c> is not mapped gets its <c>cn</c>.</summary>
public sealed class GroupOptions : EntryMappingOptions
{
    /// <summary>Makes options with <c>cn</c> as naming attribute.</summary>
    public GroupOptions() => DnAttribute = "cn";

    /// <summary>The kind of the groups. Default: global security groups.</summary>
    public GroupKind GroupKind { get; set; } = GroupKind.GlobalSecurity;

    /// <summary>The local attribute that lists the keys of a group's members. Default: none.</summary>
    public string? MembersAttribute { get; set; }

    /// <summary>The data type whose keys <see cref="MembersAttribute"/> lists.</summary>
    public string? MembersType { get; set; }

    /// <summary>
    /// What becomes of trashed groups: <c>Keep</c>, <c>Delete</c> or <c>Move</c>. Default: they stay, since a group that is made anew has another SID and
    /// none of the rights of the old one.
    /// </summary>
    public WhenTrashed WhenTrashed { get; set; } = WhenTrashed.Keep;

    /// <summary>The container that trashed groups are moved to.</summary>
    public string? TrashBase { get; set; }

    internal override IEnumerable<string> Classes => ["top", "group"];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (PasswordAttribute is not null)
            yield return new("A group has no password. Remove it.", [nameof(PasswordAttribute)]);
        if (WhenTrashed == WhenTrashed.Lock)
            yield return new("A group cannot be locked. Use Keep, Delete or Move.", [nameof(WhenTrashed)]);
        if (WhenTrashed == WhenTrashed.Move && string.IsNullOrEmpty(TrashBase))
            yield return new("WhenTrashed is Move: give the DN of the container to move to.", [nameof(TrashBase)]);
        if (MembersAttribute is null != MembersType is null)
            yield return new("MembersAttribute and MembersType go together.", [nameof(MembersAttribute)]);
    }
}

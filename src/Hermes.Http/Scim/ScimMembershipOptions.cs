using System.ComponentModel.DataAnnotations;

namespace Hermes.Http.Scim;

/// <summary>How the entries of a data type become members of groups: one member each.</summary>
public sealed class ScimMembershipOptions : IValidatableObject
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

    /// <summary>The SCIM attribute of the group, a list of ids. Default: <c>members</c>.</summary>
    [Required]
    public string ScimAttribute { get; set; } = "members";

    /// <summary>Whether a membership in the trashbin stays. Default: it is taken away, and given back if it comes back.</summary>
    public bool KeepWhenTrashed { get; set; }

    internal ScimPath? Path => ScimPath.TryParse(ScimAttribute);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Path is not { Type: null, Part: null, IsList: false, IsReadOnly: false })
            yield return new($"'{ScimAttribute}' is not a list of ids. Write members, or the name of another attribute.", [nameof(ScimAttribute)]);
    }
}

using System.ComponentModel.DataAnnotations;

namespace Hermes.Http.Scim;

/// <summary>How the entries of a data type become resources.</summary>
public sealed class ScimTypeOptions : IValidatableObject
{
    /// <summary>The endpoint below the address, such as <c>Users</c> or <c>Groups</c>.</summary>
    [Required]
    public string Endpoint { get; set; } = "";

    /// <summary>The schema of the resources. Default: that of users or groups, by <see cref="Endpoint"/>.</summary>
    public string? Schema { get; set; }

    /// <summary>
    /// The attributes that are written: local name to SCIM path, such as <c>userName</c>, <c>name.givenName</c>, <c>emails[work]</c> for
    /// <c>emails[type eq "work"].value</c>, <c>roles[*]</c> for the values of a list, <c>enterprise:department</c>, or a path behind any other schema's name.
    /// </summary>
    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The SCIM paths by which an added entry's resource is looked for behind <c>externalId</c>, in this order. Each must be among <see cref="Attributes"/>.
    /// Default: <c>userName</c> of users, <c>displayName</c> of groups.
    /// </summary>
    public IList<string> Match { get; } = [];

    /// <summary>What becomes of an added entry when the server has a resource already that it would be. Default: it waits.</summary>
    public ScimWhenExists WhenExists { get; set; } = ScimWhenExists.Hold;

    /// <summary>What becomes of trashed entries. Default: users are deactivated, all others deleted.</summary>
    public ScimWhenTrashed? WhenTrashed { get; set; }

    internal bool IsUser => Endpoint.Trim('/').Equals("Users", StringComparison.OrdinalIgnoreCase);

    internal bool IsGroup => Endpoint.Trim('/').Equals("Groups", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => TypeRules.Check(this);
}

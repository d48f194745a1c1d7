using System.ComponentModel.DataAnnotations;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>A domain of Active Directory as target. The URL must be <c>ldaps://</c>: passwords can be set over TLS only.</summary>
public sealed class ActiveDirectoryTargetOptions : LdapConnectionOptions
{
    /// <summary>The data types whose entries become user accounts, by their names.</summary>
    public IDictionary<string, AccountOptions> Users { get; } = new Dictionary<string, AccountOptions>(StringComparer.Ordinal);

    /// <summary>The data types whose entries become groups, by their names.</summary>
    public IDictionary<string, GroupOptions> Groups { get; } = new Dictionary<string, GroupOptions>(StringComparer.Ordinal);

    /// <summary>The data types whose entries become members of groups, by their names.</summary>
    public IDictionary<string, DirectoryMembershipOptions> Memberships { get; } = new Dictionary<string, DirectoryMembershipOptions>(StringComparer.Ordinal);

    /// <summary>
    /// How many values of an attribute (the members of a group) are added or removed in one request. Halved when a server finds it too many. Default: 200.
    /// </summary>
    [Range(1, 10000)]
    public int ValuesPerRequest { get; set; } = 200;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (LdapAddress.ParseAll(Url)?.Any(address => !address.Tls) == true)
            yield return new("Active Directory takes passwords over TLS only. Write ldaps:// instead of ldap://.", [nameof(Url)]);
    }
}

using System.ComponentModel.DataAnnotations;

namespace Hermes.Ldap.Connection;

/// <summary>How to reach an LDAP server and who to be there.</summary>
public abstract class LdapConnectionOptions : IValidatableObject
{
    /// <summary>
    /// The server, as <c>ldaps://host[:port]</c> (TLS, port 636) or <c>ldap://host[:port]</c> (unprotected, port 389). Several, separated by blanks,
    /// are tried in their order.
    /// </summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>The DN to bind as (Active Directory also takes <c>user@domain</c>); null, the default, binds anonymously.</summary>
    public string? BindDn { get; set; }

    /// <summary>The password of <see cref="BindDn"/>.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// A file of certificates (PEM) of the authorities that may have signed the server's; null, the default, trusts those of the operating system.
    /// Not available on Windows, whose certificate store decides.
    /// </summary>
    public string? CaCertificateFile { get; set; }

    /// <summary>How long one request may take. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Url) && LdapAddress.ParseAll(Url) is null)
            yield return new("The URL is not an LDAP address. Write ldaps://host or ldap://host, with :port if it is not the usual one.", [nameof(Url)]);
        if (string.IsNullOrEmpty(BindDn) != string.IsNullOrEmpty(Password))
            yield return new("BindDn and Password go together: give both, or neither to bind anonymously.", [nameof(BindDn)]);
        if (Timeout <= TimeSpan.Zero)
            yield return new("The time limit must be longer than zero, such as 00:00:30.", [nameof(Timeout)]);
        if (CaCertificateFile is not null && OperatingSystem.IsWindows())
        {
            yield return new(
                "On Windows the certificate store decides: install the authority's certificate there and remove this setting.", [nameof(CaCertificateFile)]);
        }
    }

    /// <summary>The address, without the password.</summary>
    public override string ToString() => Url;
}

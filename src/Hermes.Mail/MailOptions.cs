using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Hermes.Mail;

/// <summary>How notifications are mailed.</summary>
public sealed class MailOptions : IValidatableObject
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>The name or address of the mail server.</summary>
    [Required(ErrorMessage = "The mail server is missing.")]
    public string Server { get; set; } = "";

    /// <summary>Its port. Default: 587 with STARTTLS, 465 with TLS, 25 without encryption.</summary>
    [Range(1, 65535, ErrorMessage = "A port is a number from 1 to 65535.")]
    public int? Port { get; set; }

    /// <summary>How the connection is encrypted. Default: by STARTTLS.</summary>
    [EnumDataType(typeof(MailSecurity), ErrorMessage = "The security is StartTls, Tls or None.")]
    public MailSecurity Security { get; set; }

    /// <summary>A PEM file with the certification authorities to trust instead of the system's.</summary>
    public string? TlsAuthorityFile { get; set; }

    /// <summary>Who the mail is from, with or without a name: <c>Hermes &lt;hermes@campus.example&gt;</c>.</summary>
    [Required(ErrorMessage = "The sender is missing.")]
    public string From { get; set; } = "";

    /// <summary>Who gets it: one or more addresses, each with or without a name. All stand in the same mail.</summary>
    [MinLength(1, ErrorMessage = "There must be at least one recipient.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The attribute needs reflection for what is no ICollection.")]
    public IList<string> To { get; } = [];

    /// <summary>The account, if the server wants one.</summary>
    public string? UserName { get; set; }

    /// <summary>Its password. Shown nowhere, and never sent over a connection that is not encrypted.</summary>
    public string? Password { get; set; }

    /// <summary>How long the sending of one mail may take, the connection included; at most an hour. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The server, for messages: never with a credential.</summary>
    internal string Address => $"{Server}:{EffectivePort}";

    internal int EffectivePort => Port ?? Security switch
    {
        MailSecurity.StartTls => 587,
        MailSecurity.Tls => 465,
        _ => 25,
    };

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (From.Length > 0 && !IsAddress(From))
            yield return new($"The sender '{From}' is not a mail address.", [nameof(From)]);
        foreach (var recipient in To.Where(recipient => !IsAddress(recipient)))
            yield return new($"The recipient '{recipient}' is not a mail address.", [nameof(To)]);
        if (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout)
            yield return new("The time for one mail must be positive, and at most an hour.", [nameof(Timeout)]);
        if (string.IsNullOrEmpty(UserName) != string.IsNullOrEmpty(Password))
            yield return new("An account needs both a user name and a password.", [nameof(UserName)]);
        if (!string.IsNullOrEmpty(Password) && Security == MailSecurity.None)
            yield return new("A password is not sent without encryption: set Security to StartTls or Tls.", [nameof(Security)]);
        if (TlsAuthorityFile is not null && Security == MailSecurity.None)
            yield return new("An authority is given, but the connection is not encrypted: set Security to StartTls or Tls.", [nameof(TlsAuthorityFile)]);
        if (TlsAuthorityFile is not null && !File.Exists(TlsAuthorityFile))
            yield return new($"The file {TlsAuthorityFile} does not exist.", [nameof(TlsAuthorityFile)]);
    }

    // A line break would end the line of the protocol or of the header in which the address stands; a parser may take it for a blank.
    private static bool IsAddress(string? text) =>
        text is not null && !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var address)
        && address.Address.IndexOf('@', StringComparison.Ordinal) > 0;
}

using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Hermes.ClientRuntime.Notifications;

/// <summary>How notifications are mailed.</summary>
public sealed class MailOptions
{
    /// <summary>The mail server.</summary>
    [Required]
    public string Server { get; set; } = "";

    /// <summary>Its port. Default: 25.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 25;

    /// <summary>Whether to use STARTTLS. Default: no.</summary>
    public bool UseTls { get; set; }

    /// <summary>Who the mail is from.</summary>
    [Required]
    public string From { get; set; } = "";

    /// <summary>Who gets it.</summary>
    [MinLength(1)]
    public IList<string> To { get; } = [];

    /// <summary>The account, if the server wants one.</summary>
    public NetworkCredential? Credential { get; set; }
}

using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Hermes.Http.Connection;

/// <summary>How to reach a web service and who to be there.</summary>
public abstract class HttpConnectionOptions : IValidatableObject
{
    /// <summary>
    /// The address that all requests begin with: <c>https://host[:port]/path</c>. Credentials go to this host and port alone, and no address of another
    /// is ever followed.
    /// </summary>
    [Required]
    public string Address { get; set; } = "";

    /// <summary>Whether <c>http://</c> will do although a credential is sent. Default: false; only a server on this machine is reached so.</summary>
    public bool AllowUnprotected { get; set; }

    /// <summary>How to prove who Hermes is. Default: not at all.</summary>
    public HttpAuthentication Authentication { get; set; } = HttpAuthentication.None;

    /// <summary>The user, for <see cref="HttpAuthentication.Basic"/>.</summary>
    public string? User { get; set; }

    /// <summary>The password, for <see cref="HttpAuthentication.Basic"/>.</summary>
    public string? Password { get; set; }

    /// <summary>The token, for <see cref="HttpAuthentication.Bearer"/>.</summary>
    public string? Token { get; set; }

    /// <summary>The key, for <see cref="HttpAuthentication.ApiKey"/>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The header that holds the key, such as <c>X-Api-Key</c>. Set this or <see cref="ApiKeyParameter"/>.</summary>
    public string? ApiKeyHeader { get; set; }

    /// <summary>The parameter of the address that holds the key. A header is better: servers and proxies log addresses.</summary>
    public string? ApiKeyParameter { get; set; }

    /// <summary>Where tokens come from, for <see cref="HttpAuthentication.ClientCredentials"/>. It may be on another host; it gets the client's secret.</summary>
    public string? TokenAddress { get; set; }

    /// <summary>The id of the client, for <see cref="HttpAuthentication.ClientCredentials"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret of the client, for <see cref="HttpAuthentication.ClientCredentials"/>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the token is asked for, separated by blanks. Default: what the authorization server gives.</summary>
    public string? Scope { get; set; }

    /// <summary>Whether id and secret are sent in the body of the request for a token. Default: false, in its header.</summary>
    public bool ClientSecretInBody { get; set; }

    /// <summary>A file with the client's certificate (PEM). Default: none.</summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>A file with the private key of the client's certificate (PEM, not encrypted). Default: it is in the file of the certificate.</summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>A file of certificates (PEM) of the authorities that may have signed the server's. Default: those of the operating system.</summary>
    public string? CaCertificateFile { get; set; }

    /// <summary>More headers, by name, which are sent to the service with each request. Their values are shown nowhere.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the service may be on this machine or in a private network. If false, each address that a name stands for is checked at the moment of
    /// connecting. Default: true.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; } = true;

    /// <summary>Whether requests go through the proxy that the environment of the process names. Default: false.</summary>
    public bool UseSystemProxy { get; set; }

    /// <summary>How many redirects of one request are followed, on the same host and port only. Default: 0, a redirect is an error.</summary>
    [Range(0, 10)]
    public int Redirects { get; set; }

    /// <summary>How long one request may take, its whole answer included. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The converter of TimeSpan is the framework's own and stays.")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a request is tried again at once when it failed for a reason that may pass. Default: 3.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 3;

    /// <summary>
    /// How long to wait at most when the service asks to (<c>Retry-After</c>). If it asks for more, the request fails, and is made again when its work is
    /// next due. Default: 5 minutes.
    /// </summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The least time between the beginnings of two requests, for services that count them. Default: none.</summary>
    public TimeSpan RequestInterval { get; set; }

    /// <summary>The longest answer that is read, in bytes, decompressed. Default: 64 MB.</summary>
    [Range(1024, int.MaxValue / 2)]
    public int MaxAnswerLength { get; set; } = 64 << 20;

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ConnectionRules.Check(this);

    /// <summary>The address, without its parameters.</summary>
    public override string ToString() => WebAddress.TryParse(Address) is { } address ? WebAddress.Show(address) : "";
}

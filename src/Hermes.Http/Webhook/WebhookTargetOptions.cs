using System.ComponentModel.DataAnnotations;
using Hermes.Http.Connection;

namespace Hermes.Http.Webhook;

/// <summary>A receiver of webhooks as target: it is told of each change by a POST to <see cref="HttpConnectionOptions.Address"/>.</summary>
public sealed class WebhookTargetOptions : HttpConnectionOptions
{
    /// <summary>
    /// The secrets with which each message is signed (Standard Webhooks, <c>v1</c>): <c>whsec_</c> and 24 to 64 bytes in base64. Several while they are exchanged: a receiver
    /// takes a message that one of them signed.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>The data types that are told, by their names. Default: all, without their secrets.</summary>
    public IDictionary<string, WebhookTypeOptions> Types { get; } = new Dictionary<string, WebhookTypeOptions>(StringComparer.Ordinal);

    /// <summary>What the body looks like. Default: as Standard Webhooks recommends it.</summary>
    public WebhookFormat Format { get; set; } = WebhookFormat.Standard;

    /// <summary>The <c>source</c> of CloudEvents: a URI that tells this client from other senders. Default: <c>urn:hermes</c>.</summary>
    [Required]
    public string Source { get; set; } = "urn:hermes";

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (Secrets.Count == 0)
            yield return new("Set a secret to sign with: whsec_ and 24 to 64 random bytes in base64. The receiver has to know it.", [nameof(Secrets)]);
        for (var i = 0; i < Secrets.Count; i++)
        {
            if (WebhookSignature.TryParse(Secrets[i]) is null)
                yield return new("This is not a secret of webhooks. Write whsec_ and 24 to 64 random bytes in base64.", [$"{nameof(Secrets)}:{i}"]);
        }

        if (!Uri.TryCreate(Source, UriKind.RelativeOrAbsolute, out _) || Source.Any(letter => letter is <= ' ' or > '~'))
            yield return new("This is not a URI of printable ASCII characters.", [nameof(Source)]);
    }
}

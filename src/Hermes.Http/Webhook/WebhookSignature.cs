using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hermes.Http.Webhook;

/// <summary>
/// Signs messages by Standard Webhooks 1.0.0: who gets one knows by the secret who sent it, that nobody changed it, and by the time that it is no old one sent again.
/// </summary>
internal sealed class WebhookSignature(IEnumerable<string> secrets, TimeProvider time)
{
    private const string Prefix = "whsec_";
    private const int Shortest = 24;
    private const int Longest = 64;

    private readonly byte[][] _keys = [.. secrets.Select(secret => TryParse(secret)!)];

    /// <summary>The bytes of a secret; null if it is none.</summary>
    public static byte[]? TryParse(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        Span<byte> bytes = stackalloc byte[Longest];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= Shortest ? bytes[..length].ToArray() : null;
    }

    /// <summary>Adds the headers. Each attempt has its own time, since receivers refuse old ones.</summary>
    /// <param name="message">The request.</param>
    /// <param name="id">What the message is called, at every attempt.</param>
    /// <param name="body">Its body.</param>
    public void Sign(HttpRequestMessage message, string id, string body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        message.Headers.Add("webhook-id", id);
        message.Headers.Add("webhook-timestamp", timestamp);
        message.Headers.Add("webhook-signature", string.Join(' ', _keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}")));
    }
}

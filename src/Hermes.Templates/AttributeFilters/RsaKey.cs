using System.Security.Cryptography;

namespace Hermes.Templates.AttributeFilters;

/// <summary>A named key of <see cref="RsaOaepFilter"/>.</summary>
public sealed class RsaKey
{
    private static readonly Dictionary<string, RSAEncryptionPadding> Paddings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SHA256"] = RSAEncryptionPadding.OaepSHA256,
        ["SHA384"] = RSAEncryptionPadding.OaepSHA384,
        ["SHA512"] = RSAEncryptionPadding.OaepSHA512,
        ["SHA3-256"] = RSAEncryptionPadding.OaepSHA3_256,
        ["SHA3-384"] = RSAEncryptionPadding.OaepSHA3_384,
        ["SHA3-512"] = RSAEncryptionPadding.OaepSHA3_512,
    };

    private readonly string _pem;

    /// <summary>Makes a key.</summary>
    /// <param name="pem">The key in PEM. A private key decrypts, a public key encrypts.</param>
    /// <param name="hash">The hash function of OAEP: SHA256, SHA384, SHA512, SHA3-256, SHA3-384 or SHA3-512 (also written with
    /// underscores).</param>
    /// <exception cref="ArgumentException">The key cannot be read, or the hash function is not known. The message never shows the
    /// key.</exception>
    public RsaKey(string pem, string hash)
    {
        ArgumentNullException.ThrowIfNull(pem);
        ArgumentNullException.ThrowIfNull(hash);
        Padding = Paddings.TryGetValue(hash.Replace('_', '-'), out var padding)
            ? padding
            : throw new ArgumentException($"This hash function is not known; there are {string.Join(", ", Paddings.Keys)}.", nameof(hash));
        _pem = pem;
        IsPrivate = pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal);
        try
        {
            Open().Dispose();
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new ArgumentException("The text is no RSA key in PEM.", nameof(pem));
        }
    }

    /// <summary>Whether this key decrypts; else it encrypts.</summary>
    public bool IsPrivate { get; }

    internal RSAEncryptionPadding Padding { get; }

    // One per use: an RSA object must not be shared between threads.
    internal RSA Open()
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(_pem);
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }
}

using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.AttributeFilters;

/// <summary>
/// <c>{{ secret | crypto_RSA_OAEP('key name') }}</c>: with a private key decrypts (bytes, or text in base64) to a text, with a public key
/// encrypts to text in base64.
/// </summary>
public sealed class RsaOaepFilter : IAttributeFilter
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly FrozenDictionary<string, RsaKey> _keys;

    /// <summary>Makes the filter.</summary>
    /// <param name="keys">The keys by the names that templates use.</param>
    public RsaOaepFilter(IEnumerable<KeyValuePair<string, RsaKey>> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string Name => "crypto_RSA_OAEP";

    /// <inheritdoc/>
    public Value Apply(Value input, FilterArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var name = arguments.Require(0, "keyname");
        if (name.Kind != ValueKind.String || !_keys.TryGetValue(name.AsString(), out var key))
        {
            var known = _keys.Keys.Order(StringComparer.Ordinal).DefaultIfEmpty("none");
            throw new ArgumentException($"there is no such key; there are {string.Join(", ", known)}");
        }

        using var rsa = key.Open();
        try
        {
            return key.IsPrivate
                ? Utf8.GetString(rsa.Decrypt(Encrypted(input), key.Padding))
                : Convert.ToBase64String(rsa.Encrypt(Plain(input), key.Padding));
        }
        catch (CryptographicException)
        {
            throw new ArgumentException(key.IsPrivate ? "the value was not encrypted for this key" : "the value is too long for this key");
        }
        catch (DecoderFallbackException)
        {
            throw new ArgumentException("the decrypted value is no text in UTF-8");
        }
        catch (PlatformNotSupportedException)
        {
            throw new ArgumentException("this system does not offer the hash function of the key");
        }
    }

    private static byte[] Plain(Value input) => input.Kind switch
    {
        ValueKind.String => Encoding.UTF8.GetBytes(input.AsString()),
        ValueKind.Bytes => input.AsBytes().ToArray(),
        _ => throw new ArgumentException($"a text or bytes can be encrypted, not a value of kind {input.Kind}"),
    };

    private static byte[] Encrypted(Value input)
    {
        if (input.Kind == ValueKind.Bytes)
            return input.AsBytes().ToArray();
        if (input.Kind != ValueKind.String)
            throw new ArgumentException($"bytes or text in base64 can be decrypted, not a value of kind {input.Kind}");
        var text = input.AsString();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : throw new ArgumentException("the text to decrypt is not base64");
    }
}

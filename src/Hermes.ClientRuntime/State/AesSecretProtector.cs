using System.Security.Cryptography;
using Hermes.Abstractions;

namespace Hermes.ClientRuntime.State;

/// <summary>Protects with AES-256-GCM: a nonce of 12 random bytes, the tag of 16 bytes, the ciphertext.</summary>
public sealed class AesSecretProtector : ISecretProtector, IDisposable
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeyLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly AesGcm _aes;

    /// <summary>Makes a protector.</summary>
    /// <param name="key">32 bytes.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public AesSecretProtector(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"The key has {key.Length} bytes; it must have {KeyLength}.", nameof(key));
        _aes = new AesGcm(key, TagLength);
    }

    /// <summary>Makes a protector whose key is random and never leaves the process.</summary>
    public static AesSecretProtector CreateEphemeral() => new(RandomNumberGenerator.GetBytes(KeyLength));

    /// <inheritdoc/>
    public byte[] Protect(ReadOnlySpan<byte> secret)
    {
        var result = new byte[NonceLength + TagLength + secret.Length];
        var nonce = result.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(nonce, secret, result.AsSpan(NonceLength + TagLength), result.AsSpan(NonceLength, TagLength));
        return result;
    }

    /// <inheritdoc/>
    public byte[] Unprotect(ReadOnlySpan<byte> protectedSecret)
    {
        if (protectedSecret.Length < NonceLength + TagLength)
            throw Unreadable(null);
        var secret = new byte[protectedSecret.Length - NonceLength - TagLength];
        try
        {
            _aes.Decrypt(
                protectedSecret[..NonceLength], protectedSecret[(NonceLength + TagLength)..], protectedSecret.Slice(NonceLength, TagLength), secret);
            return secret;
        }
        catch (CryptographicException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    private static ClientStateException Unreadable(Exception? cause) => new(
        "Secret values in the client's state cannot be decrypted: the key does not belong to the state. Restore the key file that was beside the state.",
        FaultKind.Permanent,
        cause);
}

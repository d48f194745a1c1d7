using Hermes.Abstractions.Data;
using Hermes.Diff.Encoding;

namespace Hermes.Diff.Diffing;

/// <summary>
/// Hashes the keys and the contents of entries with a secret of the server's state, so that nobody who writes to a source can make two that
/// collide. Usable from several threads.
/// </summary>
public sealed class EntryHasher
{
    /// <summary>The size of the secret in bytes.</summary>
    public const int SecretSize = 16;

    private readonly SipHash _hash;

    /// <summary>Makes a hasher.</summary>
    /// <param name="secret">16 random bytes that the server's state keeps: all hashes of one state are made with the same secret.</param>
    /// <exception cref="ArgumentException">The secret is not 16 bytes long.</exception>
    public EntryHasher(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretSize)
            throw new ArgumentException($"The secret is {secret.Length} bytes long, not {SecretSize}.", nameof(secret));
        _hash = new SipHash(secret);
    }

    /// <summary>The hash of a key.</summary>
    public Hash128 HashKey(EntryKey key) => HashKey(key, new ByteBuffer(64));

    /// <summary>The fingerprint of a content as <see cref="CachedEntry"/> encodes it.</summary>
    public Hash128 HashContent(ReadOnlySpan<byte> content)
    {
        var (first, second) = _hash.Hash(content);
        return new Hash128(first, second);
    }

    /// <summary>The hash of a key, encoded into a buffer that is used again.</summary>
    internal Hash128 HashKey(EntryKey key, ByteBuffer buffer)
    {
        buffer.Clear();
        for (var i = 0; i < key.PartCount; i++)
            ValueCodec.Write(buffer, key[i]);
        return HashKey(buffer.Written);
    }

    /// <summary>The hash of the parts of a key, encoded one after the other.</summary>
    internal Hash128 HashKey(ReadOnlySpan<byte> parts)
    {
        var (first, second) = _hash.Hash(parts);
        return new Hash128(first, second);
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Hermes.Events;

/// <summary>
/// The signature of a message: who has the key wrote it, and nobody has changed it since. An HMAC with SHA-256 over the body, in a header of the message.
/// </summary>
public static class EventSignature
{
    /// <summary>The header, with the signature in hexadecimal.</summary>
    public const string Header = "hermes-signature";

    /// <summary>How many characters a key has at least.</summary>
    public const int ShortestKey = 32;

    /// <summary>The key that a text stands for: its bytes in UTF-8.</summary>
    public static byte[] KeyOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Signs a body.</summary>
    public static string Of(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, body, signature);
        return Convert.ToHexStringLower(signature);
    }

    /// <summary>Whether a signature is that of a body by a key. It takes the same time for each that is wrong.</summary>
    public static bool IsValid(string? signature, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key)
    {
        if (signature is not { Length: 2 * HMACSHA256.HashSizeInBytes })
            return false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, body, right);
        return Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done && CryptographicOperations.FixedTimeEquals(given, right);
    }
}

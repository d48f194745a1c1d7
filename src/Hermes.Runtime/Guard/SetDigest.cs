using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hermes.Runtime.Guard;

/// <summary>A short text that stands for a set of things that wait for a decision: whoever decides names it, and so decides on what he saw.</summary>
internal static class SetDigest
{
    // 64 bits: told by people to people, and nobody gains by making two sets that share one.
    private const int Letters = 16;

    /// <summary>The digest of a set, whatever the order of its items.</summary>
    public static string Of(IEnumerable<string> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var item in items.Order(StringComparer.Ordinal))
        {
            var bytes = Encoding.UTF8.GetBytes(item);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Letters];
    }
}

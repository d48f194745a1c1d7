using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hermes.Runtime.Guard;

/// <summary>What stands for a set that people decide about: another set has another digest.</summary>
internal sealed class SetDigest : IDisposable
{
    // 64 bits: told by people to people, and nobody gains by making two sets that share one.
    private const int Letters = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digest of a set, whatever the order of its items.</summary>
    public static string Of(IEnumerable<string> items)
    {
        using var digest = new SetDigest();
        foreach (var item in items.Order(StringComparer.Ordinal))
            digest.Add(item);
        return digest.Complete();
    }

    /// <summary>Adds the next item of a set that is told in an order of its own.</summary>
    public void Add(string item)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(item);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }

    /// <summary>The digest of what was added.</summary>
    public string Complete() => Convert.ToHexStringLower(_hash.GetHashAndReset())[..Letters];

    public void Dispose() => _hash.Dispose();
}

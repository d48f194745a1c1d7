using System.Security.Cryptography;

namespace Hermes.Templates.AttributeFilters;

/// <summary>A scheme of RFC 2307: its name in braces, then the base64 of the digest and the salt.</summary>
internal sealed class LdapHashScheme
{
    private static readonly Dictionary<string, LdapHashScheme> Schemes = new LdapHashScheme[]
    {
        new("MD5", HashAlgorithmName.MD5, 0),
        new("SHA", HashAlgorithmName.SHA1, 0),
        new("SMD5", HashAlgorithmName.MD5, 8),
        new("SSHA", HashAlgorithmName.SHA1, 8),
        new("SSHA256", HashAlgorithmName.SHA256, 8),
        new("SSHA512", HashAlgorithmName.SHA512, 8),
    }.ToDictionary(scheme => scheme._name, StringComparer.OrdinalIgnoreCase);

    private readonly string _name;
    private readonly HashAlgorithmName _algorithm;
    private readonly int _saltLength;

    private LdapHashScheme(string name, HashAlgorithmName algorithm, int saltLength)
    {
        _name = name;
        _algorithm = algorithm;
        _saltLength = saltLength;
    }

    /// <exception cref="ArgumentException">There is no such scheme.</exception>
    public static LdapHashScheme Named(string name) => Schemes.TryGetValue(name, out var scheme)
        ? scheme
        : throw new ArgumentException($"there is no such scheme; there are {string.Join(", ", Schemes.Keys)}");

    public string Hash(ReadOnlySpan<byte> password)
    {
        var salt = RandomNumberGenerator.GetBytes(_saltLength);
        using var hash = IncrementalHash.CreateHash(_algorithm);
        hash.AppendData(password);
        hash.AppendData(salt);
        return $"{{{_name}}}{Convert.ToBase64String([.. hash.GetHashAndReset(), .. salt])}";
    }
}

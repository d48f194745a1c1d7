using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.AttributeFilters;

/// <summary>
/// <c>{{ password | ldapPasswordHash }}</c>: the list of the password's hashes, as the attribute <c>userPassword</c> of a directory takes
/// them (RFC 2307). The schemes can be given: <c>ldapPasswordHash('SSHA512')</c> or <c>ldapPasswordHash(['SSHA', 'SSHA256'])</c>. Salted
/// hashes have a fresh salt each time.
/// </summary>
public sealed class LdapPasswordHashFilter : IAttributeFilter
{
    private readonly LdapHashScheme[] _defaultSchemes;

    /// <summary>Makes the filter.</summary>
    /// <param name="defaultSchemes">
    /// The schemes used when the template names none: MD5, SHA, SHA256, SHA384, SHA512 and, with salt, SMD5, SSHA, SSHA256, SSHA384, SSHA512. <c>SSHA512</c>
    /// if null.
    /// </param>
    /// <exception cref="ArgumentException">A scheme is not known, or there is none.</exception>
    public LdapPasswordHashFilter(IEnumerable<string>? defaultSchemes = null)
    {
        _defaultSchemes = [.. (defaultSchemes ?? ["SSHA512"]).Select(LdapHashScheme.Named)];
        if (_defaultSchemes.Length == 0)
            throw new ArgumentException("At least one scheme is needed.", nameof(defaultSchemes));
    }

    /// <inheritdoc/>
    public string Name => "ldapPasswordHash";

    /// <inheritdoc/>
    public void Check(FilterArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        _ = SchemesOf(arguments);
    }

    /// <inheritdoc/>
    public Value Apply(Value input, FilterArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var password = input.Kind switch
        {
            ValueKind.String => Encoding.UTF8.GetBytes(input.AsString()),
            ValueKind.Bytes => input.AsBytes().ToArray(),
            _ => throw new ArgumentException($"a password is a text or bytes, not of kind {input.Kind}"),
        };
        return ValueList.Create(SchemesOf(arguments).Select(scheme => Value.From(scheme.Hash(password))));
    }

    private LdapHashScheme[] SchemesOf(FilterArguments arguments)
    {
        var names = arguments.Get(0, "hashtypes", Value.Null);
        return names.Kind switch
        {
            ValueKind.Null => _defaultSchemes,
            ValueKind.String => [LdapHashScheme.Named(names.AsString())],
            ValueKind.List when names.AsList().Count > 0 && names.AsList().All(name => name.Kind == ValueKind.String) =>
                [.. names.AsList().Select(name => LdapHashScheme.Named(name.AsString()))],
            _ => throw new ArgumentException("the schemes are a text or a list of texts"),
        };
    }
}

/// <summary>A scheme of RFC 2307: its name in braces, then the base64 of the digest and the salt.</summary>
internal sealed class LdapHashScheme
{
    private static readonly Dictionary<string, LdapHashScheme> Schemes = new LdapHashScheme[]
    {
        new("MD5", HashAlgorithmName.MD5, 0),
        new("SHA", HashAlgorithmName.SHA1, 0),
        new("SHA256", HashAlgorithmName.SHA256, 0),
        new("SHA384", HashAlgorithmName.SHA384, 0),
        new("SHA512", HashAlgorithmName.SHA512, 0),
        new("SMD5", HashAlgorithmName.MD5, 8),
        new("SSHA", HashAlgorithmName.SHA1, 8),
        new("SSHA256", HashAlgorithmName.SHA256, 8),
        new("SSHA384", HashAlgorithmName.SHA384, 8),
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
        : throw new ArgumentException($"there is no type of hash '{name}'; there are {string.Join(", ", Schemes.Keys)}");

    public string Hash(ReadOnlySpan<byte> password)
    {
        var salt = RandomNumberGenerator.GetBytes(_saltLength);
        using var hash = IncrementalHash.CreateHash(_algorithm);
        hash.AppendData(password);
        hash.AppendData(salt);
        return $"{{{_name}}}{Convert.ToBase64String([.. hash.GetHashAndReset(), .. salt])}";
    }
}

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
    /// <param name="defaultSchemes">The schemes used when the template names none: MD5, SHA, SMD5, SSHA, SSHA256, SSHA512. <c>SSHA512</c>
    /// if null.</param>
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
    public Value Apply(Value input, FilterArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var password = input.Kind switch
        {
            ValueKind.String => Encoding.UTF8.GetBytes(input.AsString()),
            ValueKind.Bytes => input.AsBytes().ToArray(),
            _ => throw new ArgumentException($"a password is a text or bytes, not of kind {input.Kind}"),
        };
        var schemes = Schemes(arguments.Get(0, "hashtypes", Value.Null));
        return ValueList.Create(schemes.Select(scheme => Value.From(scheme.Hash(password))));
    }

    private IEnumerable<LdapHashScheme> Schemes(Value names) => names.Kind switch
    {
        ValueKind.Null => _defaultSchemes,
        ValueKind.String => [LdapHashScheme.Named(names.AsString())],
        ValueKind.List when names.AsList().Count > 0 && names.AsList().All(name => name.Kind == ValueKind.String) =>
            names.AsList().Select(name => LdapHashScheme.Named(name.AsString())),
        _ => throw new ArgumentException("the schemes are a text or a list of texts"),
    };
}

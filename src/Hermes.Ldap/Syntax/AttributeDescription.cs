namespace Hermes.Ldap.Syntax;

/// <summary>An attribute as requests and answers name it (RFC 4512, 2.5): a type, and options such as <c>lang-de</c>.</summary>
/// <param name="Identity">The type, the same for all its names.</param>
/// <param name="Options">The options that say which values are meant; not <c>binary</c>, which says how they are sent.</param>
internal sealed record AttributeDescription(string Identity, IReadOnlySet<string> Options)
{
    private const string Binary = "binary";
    private const string Range = "range=";

    /// <summary>Reads a description.</summary>
    /// <param name="text">The type, by one of its names or its number, and its options.</param>
    /// <param name="identity">One name for a type.</param>
    public static AttributeDescription Parse(string text, Func<string, string> identity)
    {
        var parts = text.Split(';');
        var options = parts.Skip(1).Where(option => !option.Equals(Binary, StringComparison.OrdinalIgnoreCase) && !IsRange(option));
        return new(identity(parts[0]), options.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The description without the option that says which piece of the values is meant; null if it has none.</summary>
    public static string? WithoutRange(string text)
    {
        var parts = text.Split(';');
        return parts.Any(IsRange) ? string.Join(';', parts.Where(part => !IsRange(part))) : null;
    }

    /// <summary>Whether this is what another asks for.</summary>
    public bool Is(AttributeDescription asked) => Identity == asked.Identity && Options.SetEquals(asked.Options);

    /// <summary>Whether this is what another asks for, or a part of it, with more options.</summary>
    public bool IsPartOf(AttributeDescription asked) => Identity == asked.Identity && Options.IsSupersetOf(asked.Options);

    private static bool IsRange(string option) => option.StartsWith(Range, StringComparison.OrdinalIgnoreCase);
}

using System.DirectoryServices.Protocols;
using System.Text.RegularExpressions;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Source;

/// <summary>
/// The attributes that the server's schema knows. A server returns nothing for an attribute that it does not know, just as for one that is not set: only
/// the schema tells a misspelt attribute from an empty one.
/// </summary>
internal sealed partial class DirectorySchema
{
    // Names that stand for several attributes or none (RFC 4511, 4.5.1.8), and so are in no schema.
    private static readonly HashSet<string> Selectors = new(StringComparer.Ordinal) { "*", "+", "1.1" };

    // Each name, and the number, of an attribute type leads to all of them.
    private Dictionary<string, string[]> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The first of some attributes that the schema does not know; null if it knows all, or may not be read by this account. Read once, and again
    /// when an attribute is missing, since it may have been extended.
    /// </summary>
    /// <exception cref="LdapRequestException">The schema cannot be read.</exception>
    public async Task<string?> UnknownAsync(LdapSession session, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        if (_types.Count > 0 && Unknown(attributes) is null)
            return null;
        _types = await ReadAsync(session, cancellationToken);
        return _types.Count == 0 ? null : Unknown(attributes);
    }

    /// <summary>All names of an attribute type, its number included; the name alone if the schema does not know it.</summary>
    public IReadOnlyList<string> NamesOf(string type) => _types.TryGetValue(type, out var names) ? names : [type];

    /// <summary>One name for an attribute type, the same whichever of its names is given.</summary>
    public string IdentityOf(string type) => NamesOf(type)[0].ToUpperInvariant();

    /// <summary>The names in a description of an attribute type (RFC 4512, 4.1.2).</summary>
    internal static IEnumerable<string> NamesIn(string description)
    {
        var names = Names.Match(description).Groups["names"].Value;
        return Quoted.Matches(names).Select(name => name.Groups[1].Value);
    }

    private string? Unknown(IReadOnlyList<string> attributes) =>
        attributes.FirstOrDefault(attribute => !_types.ContainsKey(attribute.Split(';')[0]) && !Selectors.Contains(attribute));

    private static async Task<Dictionary<string, string[]>> ReadAsync(LdapSession session, CancellationToken cancellationToken)
    {
        var types = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        if (await ValuesAsync(session, "", "(objectClass=*)", "subschemaSubentry", cancellationToken) is not [var dn])
            return types;
        foreach (var description in await ValuesAsync(session, dn, "(objectClass=subschema)", "attributeTypes", cancellationToken))
        {
            string[] names = [.. NamesIn(description), .. Number.Match(description) is { Success: true } number ? [number.Groups[1].Value] : Array.Empty<string>()];
            foreach (var name in names)
                types[name] = names;
        }

        return types;
    }

    private static async Task<string[]> ValuesAsync(LdapSession session, string dn, string filter, string attribute, CancellationToken cancellationToken)
    {
        try
        {
            var request = new SearchRequest(dn, filter, SearchScope.Base, attribute);
            var response = await session.SendAsync<SearchResponse>(request, "Reading the schema", cancellationToken);
            return response.Entries.Count == 0 ? [] : [.. response.Entries[0].Attributes[attribute]?.GetValues(typeof(string)).Cast<string>() ?? []];
        }
        catch (LdapRequestException failure) when (failure.Code is ResultCodes.NoSuchObject or ResultCodes.InsufficientAccessRights)
        {
            return [];
        }
    }

    [GeneratedRegex(@"\bNAME\s+(?<names>'[^']*'|\([^)]*\))")]
    private static partial Regex Names { get; }

    [GeneratedRegex(@"^\(\s*([0-9]+(?:\.[0-9]+)+)\s")]
    private static partial Regex Number { get; }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted { get; }
}

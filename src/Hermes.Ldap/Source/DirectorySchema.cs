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
    private HashSet<string>? _names;

    /// <summary>
    /// The first of some attributes that the schema does not know; null if it knows all, or may not be read by this account. Read once, and again
    /// when an attribute is missing, since it may have been extended.
    /// </summary>
    /// <exception cref="LdapRequestException">The schema cannot be read.</exception>
    public async Task<string?> UnknownAsync(LdapSession session, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        if (_names is not null && Unknown(_names, attributes) is null)
            return null;
        _names = await ReadAsync(session, cancellationToken);
        return _names.Count == 0 ? null : Unknown(_names, attributes);
    }

    /// <summary>The names in a description of an attribute type (RFC 4512, 4.1.2).</summary>
    internal static IEnumerable<string> NamesIn(string description)
    {
        var names = Names.Match(description).Groups["names"].Value;
        return Quoted.Matches(names).Select(name => name.Groups[1].Value);
    }

    private static string? Unknown(HashSet<string> names, IReadOnlyList<string> attributes) =>
        attributes.FirstOrDefault(attribute => attribute.Split(';')[0] is var type && !names.Contains(type) && !char.IsAsciiDigit(type.FirstOrDefault('0')));

    private static async Task<HashSet<string>> ReadAsync(LdapSession session, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (await ValuesAsync(session, "", "(objectClass=*)", "subschemaSubentry", cancellationToken) is not [var dn])
            return names;
        foreach (var description in await ValuesAsync(session, dn, "(objectClass=subschema)", "attributeTypes", cancellationToken))
            names.UnionWith(NamesIn(description));
        return names;
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

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted { get; }
}

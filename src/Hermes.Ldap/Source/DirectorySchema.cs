using System.DirectoryServices.Protocols;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Source;

/// <summary>
/// The attributes that the server's schema knows. A server returns nothing for an attribute that it does not know, just as for one that is not set: only
/// the schema tells a misspelt attribute from an empty one.
/// </summary>
internal sealed class DirectorySchema
{
    // Names that stand for several attributes or none (RFC 4511, 4.5.1.8), and so are in no schema.
    private static readonly HashSet<string> Selectors = new(StringComparer.Ordinal) { "*", "+", "1.1" };

    // A type that takes from another, which takes from another; a schema that goes round in a circle is none.
    private const int Deepest = 16;

    // Each name, and the number, of an attribute type leads to it.
    private Dictionary<string, AttributeType> _types = new(StringComparer.OrdinalIgnoreCase);

    private HashSet<string> _auxiliary = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The first of some attributes that the schema does not know; null if it knows all, or may not be read by this account. Read once, and again
    /// when an attribute is missing, since it may have been extended.
    /// </summary>
    /// <exception cref="LdapRequestException">The schema cannot be read.</exception>
    public async Task<string?> UnknownAsync(LdapSession session, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        if (_types.Count > 0 && Unknown(attributes) is null)
            return null;
        await ReadAsync(session, cancellationToken);
        return _types.Count == 0 ? null : Unknown(attributes);
    }

    /// <summary>All names of an attribute type, its number included; the name alone if the schema does not know it.</summary>
    public IReadOnlyList<string> NamesOf(string type) => _types.TryGetValue(type, out var known) ? known.Names : [type];

    /// <summary>One name for an attribute type, the same whichever of its names is given.</summary>
    public string IdentityOf(string type) => NamesOf(type)[0].ToUpperInvariant();

    /// <summary>The rule by which values of an attribute type are compared; null if there is none, or the schema does not know the type.</summary>
    public string? EqualityOf(string type) => Inherited(type, known => known.Equality);

    /// <summary>The number of the syntax of an attribute type; null if the schema does not know it.</summary>
    public string? SyntaxOf(string type) => Inherited(type, known => known.Syntax);

    /// <summary>Whether the schema says of an object class that it only adds to others, or stands for none itself.</summary>
    public bool IsAuxiliary(string objectClass) => _auxiliary.Contains(objectClass);

    private string? Inherited(string? type, Func<AttributeType, string?> property)
    {
        for (var depth = 0; type is not null && depth < Deepest && _types.TryGetValue(type, out var known); depth++)
        {
            if (property(known) is { } found)
                return found;
            type = known.Superior;
        }

        return null;
    }

    private string? Unknown(IReadOnlyList<string> attributes) =>
        attributes.FirstOrDefault(attribute => !_types.ContainsKey(attribute.Split(';')[0]) && !Selectors.Contains(attribute));

    private async Task ReadAsync(LdapSession session, CancellationToken cancellationToken)
    {
        var types = new Dictionary<string, AttributeType>(StringComparer.OrdinalIgnoreCase);
        var auxiliary = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (await ReadAsync(session, "", "(objectClass=*)", cancellationToken, "subschemaSubentry") is [[var dn]])
        {
            var read = await ReadAsync(session, dn, "(objectClass=subschema)", cancellationToken, "attributeTypes", "objectClasses");
            foreach (var type in read[0].Select(AttributeType.Parse))
            {
                foreach (var name in type.Names)
                    types[name] = type;
            }

            auxiliary.UnionWith(read[1]
                .Where(description => description.Contains(" AUXILIARY", StringComparison.Ordinal) || description.Contains(" ABSTRACT", StringComparison.Ordinal))
                .SelectMany(AttributeType.NamesIn));
        }

        (_types, _auxiliary) = (types, auxiliary);
    }

    private static async Task<string[][]> ReadAsync(LdapSession session, string dn, string filter, CancellationToken cancellationToken, params string[] attributes)
    {
        try
        {
            var request = new SearchRequest(dn, filter, SearchScope.Base, attributes);
            var response = await session.SendAsync<SearchResponse>(request, "Reading the schema", cancellationToken);
            if (response.Entries.Count > 0)
                return [.. attributes.Select(name => response.Entries[0].Attributes[name]?.GetValues(typeof(string)).Cast<string>().ToArray() ?? [])];
        }
        catch (LdapRequestException failure) when (failure.Code is ResultCodes.NoSuchObject or ResultCodes.InsufficientAccessRights)
        {
            // As if there were nothing to read.
        }

        return [.. attributes.Select(_ => Array.Empty<string>())];
    }
}

using System.Collections.Immutable;
using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>An attribute of objects that refers to others.</summary>
/// <param name="Local">Its local name.</param>
/// <param name="Ldap">Its LDAP name.</param>
/// <param name="Value">What it holds of an object.</param>
internal sealed record HeldReference(string Local, string Ldap, MemberValue Value);

/// <summary>
/// Finds the links of the objects that references lead to, for one reading. Many lead to the same objects, so that those that were found are remembered; not too many, since a
/// directory may have more of them than fit.
/// </summary>
internal sealed class LinkFinder(DirectoryWriter writer, ObjectLocator locator, IReadOnlyList<HeldReference> references)
{
    private const int MostKnown = 50_000;

    private readonly Dictionary<(MemberValue? Place, string Form), string?> _known = [];

    /// <summary>The links, by the local names of the references.</summary>
    /// <param name="held">Tells the values of an LDAP attribute.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<ImmutableDictionary<string, ImmutableArray<string>>> FindAsync(Func<string, Value> held, CancellationToken cancellationToken)
    {
        var all = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            var links = ImmutableArray.CreateBuilder<string>();
            foreach (var value in AttributeText.Values(reference.Ldap, held(reference.Ldap)))
            {
                if (await LinkOfAsync(reference.Value, value, cancellationToken) is { } link)
                    links.Add(link);
            }

            all[reference.Local] = links.ToImmutable();
        }

        return all.ToImmutable();
    }

    private async Task<string?> LinkOfAsync(MemberValue place, Value value, CancellationToken cancellationToken)
    {
        // A DN leads to the same object, whichever type it is of.
        var key = (place.Attribute is null ? null : place, place.FormOf(value));
        if (_known.TryGetValue(key, out var known))
            return known;
        if (_known.Count >= MostKnown)
            _known.Clear();
        return _known[key] = await SearchAsync(place, value.ToString(), cancellationToken);
    }

    private async Task<string?> SearchAsync(MemberValue place, string value, CancellationToken cancellationToken)
    {
        try
        {
            var entry = place.Attribute is { } attribute
                ? await writer.FindOneAsync(place.Member.Base, SearchFilter.Equal(attribute, value), SearchScope.Subtree, [locator.Attribute], cancellationToken)
                : await writer.ReadAsync(value, cancellationToken, locator.Attribute);
            return entry is null ? null : locator.Found(entry).Link;
        }
        catch (LdapRequestException failure) when (failure.Code is ResultCodes.InvalidDnSyntax or ResultCodes.Referral)
        {
            // It is no name, or one of another server: it leads to no object here.
            return null;
        }
    }
}

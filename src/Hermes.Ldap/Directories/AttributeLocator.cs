using System.DirectoryServices.Protocols;
using Hermes.Ldap.Syntax;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>
/// Finds objects by an attribute that the server gives each of them for ever, such as <c>entryUUID</c> (RFC 4530): first at the name that they should have, which needs
/// no index, then in the whole naming contexts that hold the places of the target, and in these.
/// </summary>
internal sealed class AttributeLocator(DirectoryWriter writer, string attribute, IReadOnlyList<string> places, ILogger logger) : ObjectLocator
{
    private IReadOnlyList<string>? _contexts;
    private bool _isToldOf;

    /// <inheritdoc/>
    public override string Attribute => attribute;

    /// <inheritdoc/>
    protected override string? LinkOf(SearchResultEntry entry)
    {
        if (entry.Attributes[attribute]?.GetValues(typeof(string)) is [string { Length: > 0 } link, ..])
            return link;
        if (!Interlocked.Exchange(ref _isToldOf, true))
            Log.NoIdentity(logger, attribute);
        return null;
    }

    /// <inheritdoc/>
    protected override async Task<SearchResultEntry?> SearchAsync(
        string link, IReadOnlyList<string> likely, string[] attributes, CancellationToken cancellationToken)
    {
        var filter = SearchFilter.Equal(attribute, link);
        foreach (var dn in likely)
        {
            if (await writer.FindOneAsync(dn, filter, SearchScope.Base, attributes, cancellationToken) is { } there)
                return there;
        }

        // An account that may not look at a whole context is not told so: then there is no such entry. The places themselves it must see.
        var contexts = _contexts ??= await writer.ReadValuesAsync("", "namingContexts", cancellationToken);
        foreach (var @base in places.Concat(likely).Select(place => ContextOf(place, contexts)).OfType<string>().Concat(places).DistinctBy(NameForm.Of))
        {
            if (await writer.FindOneAsync(@base, filter, SearchScope.Subtree, attributes, cancellationToken) is { } found)
                return found;
        }

        return null;
    }

    private static string? ContextOf(string place, IReadOnlyList<string> contexts)
    {
        for (var at = place; at.Length > 0; at = DistinguishedName.Split(at).Container)
        {
            if (contexts.FirstOrDefault(context => DistinguishedName.Same(context, at)) is { } context)
                return context;
        }

        return null;
    }
}

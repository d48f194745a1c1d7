using System.DirectoryServices.Protocols;

namespace Hermes.Ldap.Directories;

/// <summary>Finds objects by their links: what they are called for ever, wherever they are and whatever their names are by now.</summary>
internal abstract class ObjectLocator
{
    /// <summary>The LDAP attribute that holds the link of an object.</summary>
    public abstract string Attribute { get; }

    /// <summary>An object that was read with <see cref="Attribute"/>.</summary>
    public FoundObject Found(SearchResultEntry entry) => new(entry, LinkOf(entry));

    /// <summary>Finds an object.</summary>
    /// <param name="link">The link of the object.</param>
    /// <param name="likely">Where it is if nobody moved or renamed it.</param>
    /// <param name="attributes">What is read of it beside the link.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null if it is gone.</returns>
    public async Task<FoundObject?> FindAsync(
        string link, IReadOnlyList<string> likely, IReadOnlyList<string> attributes, CancellationToken cancellationToken) =>
        await SearchAsync(link, likely, [.. attributes.Append(Attribute).Distinct(StringComparer.OrdinalIgnoreCase)], cancellationToken) is { } entry
            ? new FoundObject(entry, link)
            : null;

    /// <summary>The link of an object; null if the server gives it none.</summary>
    protected abstract string? LinkOf(SearchResultEntry entry);

    /// <summary>Finds an object.</summary>
    protected abstract Task<SearchResultEntry?> SearchAsync(
        string link, IReadOnlyList<string> likely, string[] attributes, CancellationToken cancellationToken);
}

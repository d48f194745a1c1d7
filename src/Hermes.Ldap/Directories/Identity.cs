using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Syntax;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>
/// Tells whose an object of the directory is. The key attribute proves it. Without one, a name is all there is to go by, except where an object is met that
/// this client can have made a moment ago: then what it made must be there.
/// </summary>
internal sealed class Identity(EntryLayout layout, DirectoryWriter writer, ILogger logger)
{
    /// <summary>Whose the object of a name is that the entry had: by its key; the entry's if there is no key attribute.</summary>
    public async Task<Owner> OwnerAsync(string dn, Entry entry, CancellationToken cancellationToken)
    {
        if (await writer.ReadAsync(dn, cancellationToken, layout.KeyAttribute ?? "1.1") is not { } found)
            return Owner.Nobody;
        if (layout.KeyAttribute is null || HasKey(found, entry))
            return Owner.Entry;
        Log.EntryOfAnother(logger, dn);
        return Owner.Another;
    }

    /// <summary>Whether the object of a name was made, or brought to this content, for an entry.</summary>
    public async Task<bool> IsOwnAsync(string dn, Entry entry, CancellationToken cancellationToken) =>
        await writer.ReadAsync(dn, cancellationToken) is { } found && IsOwn(found, entry);

    /// <summary>Makes sure that an entry may be made under a name.</summary>
    /// <param name="dn">The name.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="mayBeMade">Whether an attempt of which nothing is known may have made it.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="TargetConflictException">The name is taken; says by whom, and what to do.</exception>
    public async Task RequireFreeAsync(string dn, Entry entry, bool mayBeMade, CancellationToken cancellationToken)
    {
        if (await writer.ReadAsync(dn, cancellationToken) is not { } found)
            return;
        if (!IsOwn(found, entry) || !(mayBeMade || layout.WhenExists == WhenExists.Adopt))
            throw Taken(found, entry);
    }

    /// <summary>The refusal of a name that an object has.</summary>
    public async Task<TargetConflictException> TakenAsync(string dn, Entry entry, CancellationToken cancellationToken) =>
        Taken(await writer.ReadAsync(dn, cancellationToken), entry);

    private TargetConflictException Taken(SearchResultEntry? found, Entry entry)
    {
        var whose = layout.KeyAttribute switch
        {
            null => "nothing tells whose it is",
            { } key when found is not null && HasKey(found, entry) => $"its '{key}' is that of this entry",
            { } key when Values(found, key) is [var value, ..] => $"its '{key}' is {value}",
            { } key => $"it has no '{key}'",
        };
        var advice = layout.WhenExists == WhenExists.Refuse
            ? "Give one of the two another name, or delete the object."
            : "If the two are the same, let the object be adopted: set WhenExists to Adopt"
                + (layout.KeyAttribute is { } proof ? $" and give the object this entry's '{proof}'." : " and KeyAttribute to the attribute that proves it.")
                + " If they are not, give one of them another name.";
        return new($"The name is taken by the object {found?.DistinguishedName}; {whose}. It was not touched. {advice}", holder: null);
    }

    private bool IsOwn(SearchResultEntry found, Entry entry) => layout.KeyAttribute is null ? Holds(found, layout.ImageOf(entry)) : HasKey(found, entry);

    private bool HasKey(SearchResultEntry found, Entry entry)
    {
        var wanted = layout.ImageOf(entry)[layout.KeyAttribute!];
        return wanted.Count > 0 && wanted.All(value => Values(found, layout.KeyAttribute!).Contains(value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    // The name is that by which it was found. Servers add object classes, and hold some values in a form of their own.
    private bool Holds(SearchResultEntry found, EntryImage image) => image
        .Where(attribute => !attribute.Key.Equals("objectClass", StringComparison.OrdinalIgnoreCase)
            && !attribute.Key.Equals(layout.Naming, StringComparison.OrdinalIgnoreCase))
        .All(attribute => attribute.Value.All(value => value.Kind == ValueKind.Bytes
            ? found.Attributes.Contains(attribute.Key)
            : Values(found, attribute.Key).Any(held => Alike(held, value.ToString()))));

    private static bool Alike(string held, string wanted) =>
        held.Equals(wanted, StringComparison.OrdinalIgnoreCase) || (wanted.Contains('=', StringComparison.Ordinal) && DistinguishedName.Same(held, wanted));

    private static string[] Values(SearchResultEntry? found, string attribute) =>
        found?.Attributes[attribute]?.GetValues(typeof(string)).Cast<string>().ToArray() ?? [];
}

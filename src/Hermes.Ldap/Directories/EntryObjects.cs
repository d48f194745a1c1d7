using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>
/// The objects of a type's entries: found by their links; those that have none yet by their names, if the proof is there that they are the entry's, and linked then.
/// </summary>
/// <param name="layout">Names and attributes of the entries.</param>
/// <param name="writer">Reads the directory.</param>
/// <param name="locator">Finds by links.</param>
/// <param name="alsoRead">What else is read of an object that is found.</param>
/// <param name="logger">Is told of objects that are left alone.</param>
internal sealed class EntryObjects(EntryLayout layout, DirectoryWriter writer, ObjectLocator locator, IEnumerable<string> alsoRead, ILogger logger)
{
    private readonly Proof _proof = new(layout);
    private readonly string[] _attributes =
        [.. alsoRead.Concat([locator.Attribute, layout.Naming, layout.KeyAttribute ?? locator.Attribute]).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The object of an entry, wherever it is.</summary>
    /// <param name="entry">The entry as the object has it.</param>
    /// <param name="context">Knows the link, or is told it.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <param name="names">The names that it may have, if there is no link.</param>
    /// <returns>Null if it is gone.</returns>
    public async Task<FoundObject?> FindAsync(Entry entry, TargetContext context, CancellationToken cancellationToken, params string[] names)
    {
        if (context.Link is { } link)
            return await locator.FindAsync(link, names, _attributes, cancellationToken);
        foreach (var dn in names)
        {
            if (await ReadAsync(dn, _attributes, cancellationToken) is not { } found)
                continue;
            if (_proof.Allows(found, entry) && await OwnerAsync(found, context, cancellationToken) is null)
            {
                await LinkAsync(found, context, cancellationToken);
                return found;
            }

            Log.EntryOfAnother(logger, dn);
        }

        return null;
    }

    /// <summary>The object with a link; null if it is gone.</summary>
    public Task<FoundObject?> FindAsync(string link, CancellationToken cancellationToken) => locator.FindAsync(link, [], _attributes, cancellationToken);

    /// <summary>The object of an entry that changes.</summary>
    /// <exception cref="TargetMissingException">It is gone.</exception>
    /// <exception cref="TargetConflictException">It has no link, and its name belongs to another.</exception>
    /// <exception cref="LdapRequestException">It has no link, and there is none of its name.</exception>
    public async Task<FoundObject> RequireAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var (from, to) = (layout.DnOf(change.Previous), layout.DnOf(change.Entry));
        var isLinked = context.Link is not null;
        if (await FindAsync(change.Previous, context, cancellationToken, from) is { } found)
            return found;
        if (isLinked)
            throw Missing(from);

        // An attempt of which nothing is known may have renamed it.
        if (await ReadAsync(to, [], cancellationToken) is not { } renamed)
            throw new LdapRequestException(
                ResultCodes.NoSuchObject, FaultKind.Permanent, $"There is no object {from}, so that it cannot be changed. Somebody deleted, renamed or moved it.");
        if (await OwnerAsync(renamed, context, cancellationToken) is not null || !(_proof.IsGiven(renamed, change.Entry) || _proof.IsGiven(renamed, change.Previous)))
            throw await TakenAsync(to, change.Entry, context, cancellationToken);
        await LinkAsync(renamed, context, cancellationToken);
        return renamed;
    }

    /// <summary>Makes sure that an entry may be made under a name.</summary>
    /// <param name="dn">The name.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="context">Tells whether an attempt of which nothing is known may have made it.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="TargetConflictException">The name is taken; says by whom, and what to do.</exception>
    public async Task RequireFreeAsync(string dn, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (await ReadAsync(dn, [], cancellationToken) is not { } found)
            return;
        var mayBeIts = context.IsRedelivery || layout.WhenExists == WhenExists.Adopt;
        if (!mayBeIts || !_proof.IsGiven(found, entry) || await OwnerAsync(found, context, cancellationToken) is not null)
            throw await TakenAsync(dn, entry, context, cancellationToken);
    }

    /// <summary>Takes the object over that an entry met when it was made: one that was made, or brought to this content, for the entry, and is no other entry's.</summary>
    /// <exception cref="TargetConflictException">It is another's.</exception>
    public async Task AdoptAsync(string dn, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (await ReadAsync(dn, [], cancellationToken) is not { } found
            || !_proof.IsGiven(found, entry)
            || await OwnerAsync(found, context, cancellationToken) is not null)
        {
            throw await TakenAsync(dn, entry, context, cancellationToken);
        }

        await LinkAsync(found, context, cancellationToken);
    }

    /// <summary>The refusal of a name that an object has.</summary>
    public async Task<TargetConflictException> TakenAsync(string dn, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(dn, _attributes, cancellationToken);
        var owner = found is null ? null : await OwnerAsync(found, context, cancellationToken);
        return new($"The name is taken by the object {found?.Dn ?? dn}; {_proof.Explain(found, entry, owner)}", found?.Link);
    }

    /// <summary>What is thrown when the object of a linked entry is gone.</summary>
    public static TargetMissingException Missing(string dn) => new($"The object that was {dn} is no longer in the directory: somebody deleted it.");

    /// <summary>Remembers that the object of a name is the entry's.</summary>
    public async Task LinkAsync(string dn, TargetContext context, CancellationToken cancellationToken)
    {
        if (await ReadAsync(dn, [locator.Attribute], cancellationToken) is { } found)
            await LinkAsync(found, context, cancellationToken);
    }

    private static async Task LinkAsync(FoundObject found, TargetContext context, CancellationToken cancellationToken)
    {
        if (found.Link is { } link)
            await context.SetLinkAsync(link, cancellationToken);
    }

    private static async Task<EntryId?> OwnerAsync(FoundObject found, TargetContext context, CancellationToken cancellationToken) =>
        found.Link is { } link && link != context.Link ? await context.FindOwnerAsync(link, cancellationToken) : null;

    // Without names, all attributes are read; those that servers keep for themselves must be asked for.
    private async Task<FoundObject?> ReadAsync(string dn, string[] attributes, CancellationToken cancellationToken) =>
        await writer.ReadAsync(dn, cancellationToken, attributes.Length > 0 ? attributes : ["*", locator.Attribute]) is { } entry ? locator.Found(entry) : null;
}

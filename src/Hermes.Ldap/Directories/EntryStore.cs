using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Directories;

/// <summary>The entries of one data type in the directory. Every operation is made of steps, each of which may be done again.</summary>
internal sealed class EntryStore(
    EntryLayout layout,
    EntryObjects objects,
    ObjectNames names,
    DirectoryWriter writer,
    References references,
    MemberLists members,
    IPasswordWriter? password)
{
    /// <summary>Names and attributes of the entries.</summary>
    public EntryLayout Layout { get; } = layout;

    /// <summary>Finds their objects.</summary>
    public EntryObjects Objects { get; } = objects;

    /// <summary>What they refer to.</summary>
    public MemberLists Members { get; } = members;

    /// <summary>Renames their objects.</summary>
    public ObjectNames Names { get; } = names;

    /// <summary>Makes an entry. An object of its name is taken over only as the options say, or if an earlier attempt made it.</summary>
    /// <exception cref="TargetMissingException">An earlier attempt made it, and it is gone.</exception>
    public async Task AddAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await PutAsync(entry, [], await FindMadeAsync("look-for-entry", entry, context, cancellationToken), context, cancellationToken);

    /// <summary>Makes an entry anew whose object was deleted.</summary>
    public async Task AddAgainAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await PutAsync(entry, [], await FindMadeAgainAsync("look-for-entry", entry, context, cancellationToken), context, cancellationToken);

    /// <summary>
    /// Brings the object that an entry had to its content, or makes it anew if it has no link; <paramref name="cleared"/> attributes are removed unless the entry has them.
    /// </summary>
    /// <exception cref="TargetMissingException">The linked object is gone.</exception>
    public async Task RestoreAsync(Entry entry, IEnumerable<string> cleared, TargetContext context, CancellationToken cancellationToken) =>
        await PutAsync(entry, cleared, await FindRestoredAsync(entry, context, cancellationToken), context, cancellationToken);

    /// <summary>Renames an object if its name changed, then modifies it, and corrects what groups hold of it.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> ChangeAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var (previous, next) = (change.Previous, change.Entry);
        var found = await Objects.RequireAsync(change, context, cancellationToken);
        var former = await Names.FormerAsync(found, previous, context, cancellationToken);
        var dn = await Names.FollowAsync(found, change, context, cancellationToken);
        var now = Layout.NameOf(next) with { Dn = dn };
        if (references.Differ(former, now))
            await context.StepAsync("correct-references", async token => await references.ReplaceAsync(former, now, token), cancellationToken);
        await writer.ModifyAsync(dn, [.. Names.LoginsOf(found, next)], cancellationToken);
        if (Layout.DifferenceOf(change) is { Count: > 0 } modifications)
            await context.StepAsync("modify-entry", async token => await writer.ModifyAsync(dn, modifications, token), cancellationToken);
        if (Members.AreAny)
            await context.StepAsync("change-members", async token => await Members.ChangeAsync(dn, change, context, token), cancellationToken);
        if (password is not null && Layout.ChangesPassword(change))
            await context.StepAsync("set-password", async token => await password.SetAsync(dn, Layout.PasswordOf(next), token), cancellationToken);
        return dn;
    }

    /// <summary>Moves the object of an entry to the container of trashed ones; if it is gone, nothing.</summary>
    public async Task MoveToTrashAsync(EntryKey key, Entry entry, TrashNames trash, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("move-to-trash", async token =>
        {
            if (await Objects.FindAsync(entry, context, token, Layout.DnOf(entry)) is not { } found || trash.Contain(found.Dn))
                return;
            try
            {
                await writer.TryMoveAsync(found.Dn, trash.Plain(entry), token);
            }
            catch (LdapRequestException failure) when (failure.Code == ResultCodes.EntryAlreadyExists)
            {
                await writer.TryMoveAsync(found.Dn, trash.Own(key, entry), token);
            }
        }, cancellationToken);

    /// <summary>Moves the object of an entry back from the container of trashed ones; if it is not there, nothing.</summary>
    public async Task MoveFromTrashAsync(EntryKey key, Entry entry, TrashNames trash, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("move-from-trash", async token =>
        {
            if (await Objects.FindAsync(entry, context, token, trash.Own(key, entry), trash.Plain(entry)) is { } found && trash.Contain(found.Dn))
                await Names.RenameAsync(found, Layout.DnOf(entry), entry, context, token);
        }, cancellationToken);

    /// <summary>Replaces attributes of the object of an entry; if it is gone, nothing.</summary>
    public async Task ReplaceAsync(
        string step, Entry entry, IReadOnlyDictionary<string, ValueList> attributes, TargetContext context, CancellationToken cancellationToken)
    {
        DirectoryAttributeModification[] modifications = [.. attributes.Select(pair => EntryDifference.Replace(pair.Key, pair.Value))];
        await context.StepAsync(step, async token =>
        {
            if (await Objects.FindAsync(entry, context, token, Layout.DnOf(entry)) is { } found)
                await writer.ModifyAsync(found.Dn, modifications, token);
        }, cancellationToken);
    }

    /// <summary>Takes an entry out of all groups.</summary>
    public async Task ForgetAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (!references.AreAny)
            return;
        await context.StepAsync("remove-references", async token =>
        {
            var found = await Objects.FindAsync(entry, context, token, Layout.DnOf(entry));
            await references.RemoveAsync(await Names.FormerAsync(found, entry, context, token), token);
        }, cancellationToken);
    }

    /// <summary>
    /// Deletes the object of an entry and takes it out of all groups. If it has no link, it is looked for under the given names. What belongs to another by now is left
    /// alone, and its groups too.
    /// </summary>
    public async Task DeleteAsync(Entry entry, TargetContext context, CancellationToken cancellationToken, params string[] names) =>
        await context.StepAsync("delete-entry", async token =>
        {
            var found = await Objects.FindAsync(entry, context, token, names);
            var former = await Names.FormerAsync(found, entry, context, token);
            if (found is not null && Layout.DeletesSubtree)
                await writer.DeleteTreeAsync(found.Dn, token);
            else if (found is not null)
                await writer.DeleteAsync(found.Dn, token);
            await references.RemoveAsync(former, token);
        }, cancellationToken);

    /// <summary>The name of the object that an earlier attempt made of a new entry; null, if none did and the name is free or its object may be adopted.</summary>
    /// <exception cref="TargetMissingException">One did, and the object is gone.</exception>
    /// <exception cref="TargetConflictException">The name is taken.</exception>
    public async Task<string?> FindMadeAsync(string step, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await FindMadeAgainAsync(step, entry, context, cancellationToken)
        ?? (context.Link is null ? null : throw EntryObjects.Missing(Layout.DnOf(entry)));

    /// <summary>As <see cref="FindMadeAsync"/>, where a link may be that of an object that was deleted when the entry went to the trashbin.</summary>
    public async Task<string?> FindMadeAgainAsync(string step, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = Layout.DnOf(entry);
        if (context.Link is not null && await Objects.FindAsync(entry, context, cancellationToken, dn) is { } found)
            return found.Dn;
        await context.PrepareAsync(step, async token => await Objects.RequireFreeAsync(dn, entry, context, token), cancellationToken);
        return null;
    }

    /// <summary>The name of the object of an entry that comes back; null if it has no link and has to be made.</summary>
    /// <exception cref="TargetMissingException">The linked object is gone.</exception>
    public async Task<string?> FindRestoredAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = Layout.DnOf(entry);
        var isLinked = context.Link is not null;
        return await Objects.FindAsync(entry, context, cancellationToken, dn) is { } found
            ? await Names.RestoreAsync(found, entry, context, cancellationToken)
            : isLinked ? throw EntryObjects.Missing(dn) : null;
    }

    private async Task PutAsync(Entry entry, IEnumerable<string> cleared, string? known, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = known ?? Layout.DnOf(entry);
        await context.StepAsync("put-entry", async token =>
        {
            var held = await Members.ReadAsync(entry, Layout.ImageOf(entry), context, token);
            if (known is null && await writer.TryAddAsync(dn, MemberLists.WithFirst(Layout.ImageOf(entry), held), token))
            {
                await Objects.LinkAsync(dn, context, token);
                await MemberLists.AddRestAsync(dn, held, token);
                return;
            }

            if (known is null)
                await Objects.AdoptAsync(dn, entry, context, token);
            await writer.UpdateAsync(dn, MemberLists.Without(Layout.ImageOf(entry), held), [.. Layout.Managed, .. cleared], Layout.Naming, token);
            await MemberLists.BringAsync(dn, held, context, token);
        }, cancellationToken);
        if (password is not null && Layout.PasswordOf(entry).IsSet)
            await context.StepAsync("set-password", async token => await password.SetAsync(dn, Layout.PasswordOf(entry), token), cancellationToken);
    }
}

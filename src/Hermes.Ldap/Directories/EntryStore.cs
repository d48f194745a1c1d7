using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Syntax;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>The entries of one data type in the directory. Every operation is made of steps, each of which may be done again.</summary>
internal sealed class EntryStore(
    EntryLayout layout, DirectoryWriter writer, References references, MemberList? members, IPasswordWriter? password, ILogger logger)
{
    /// <summary>Names and attributes of the entries.</summary>
    public EntryLayout Layout { get; } = layout;

    /// <summary>Whose the objects of the directory are.</summary>
    public Identity Identity { get; } = new(layout, writer, logger);

    /// <summary>Makes an entry. An object of its name is taken over only as the options say, or if an earlier attempt made it.</summary>
    public async Task AddAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = Layout.DnOf(entry);
        await context.PrepareAsync(
            "look-for-entry", async token => await Identity.RequireFreeAsync(dn, entry, context.IsRedelivery, token), cancellationToken);
        await PutAsync(entry, [], token => Identity.IsOwnAsync(dn, entry, token), context, cancellationToken);
    }

    /// <summary>
    /// Brings the object that an entry had to its content, or makes it anew; <paramref name="cleared"/> attributes are removed unless the entry has them.
    /// </summary>
    public Task RestoreAsync(Entry entry, IEnumerable<string> cleared, TargetContext context, CancellationToken cancellationToken) => PutAsync(
        entry,
        cleared,
        async token => await Identity.OwnerAsync(Layout.DnOf(entry), entry, token) == Owner.Entry,
        context,
        cancellationToken);

    /// <summary>Renames an entry if its name changed, then modifies it, and corrects what groups hold of it.</summary>
    public async Task ChangeAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var (previous, next) = (change.Previous, change.Entry);
        var (from, to) = (Layout.DnOf(previous), Layout.DnOf(next));
        if (!Layout.KeepsName(change))
            await context.StepAsync("rename-entry", async token => await RenameAsync(change, from, to, token), cancellationToken);
        if (references.Differ(previous, next))
            await context.StepAsync("correct-references", async token => await references.ReplaceAsync(previous, next, token), cancellationToken);
        if (Layout.DifferenceOf(change) is { Count: > 0 } modifications)
            await context.StepAsync("modify-entry", async token => await writer.ModifyAsync(to, modifications, token), cancellationToken);
        if (members is not null)
            await context.StepAsync("change-members", async token => await members.ChangeAsync(to, previous, next, context, token), cancellationToken);
        if (password is not null && Layout.ChangesPassword(change))
            await context.StepAsync("set-password", async token => await password.SetAsync(to, Layout.PasswordOf(next), token), cancellationToken);
    }

    /// <summary>Moves the object of an entry to the container of trashed ones; if it is not there, nothing.</summary>
    public async Task MoveToTrashAsync(EntryKey key, Entry entry, TrashNames names, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("move-to-trash", async token =>
        {
            var dn = Layout.DnOf(entry);
            if (await Identity.OwnerAsync(dn, entry, token) != Owner.Entry)
                return;
            try
            {
                await writer.TryMoveAsync(dn, names.Plain(entry), token);
            }
            catch (LdapRequestException failure) when (failure.Code == ResultCodes.EntryAlreadyExists)
            {
                await writer.TryMoveAsync(dn, names.Own(key, entry), token);
            }
        }, cancellationToken);

    /// <summary>Moves the object of an entry back from the container of trashed ones; if it is not there, nothing.</summary>
    public async Task MoveFromTrashAsync(EntryKey key, Entry entry, TrashNames names, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("move-from-trash", async token =>
        {
            foreach (var name in new[] { names.Own(key, entry), names.Plain(entry) })
            {
                if (await Identity.OwnerAsync(name, entry, token) == Owner.Entry && await writer.TryMoveAsync(name, Layout.DnOf(entry), token))
                    return;
            }
        }, cancellationToken);

    /// <summary>Replaces attributes of the object of an entry; if it is not there, nothing.</summary>
    public async Task ReplaceAsync(
        string step, Entry entry, IReadOnlyDictionary<string, ValueList> attributes, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = Layout.DnOf(entry);
        DirectoryAttributeModification[] modifications = [.. attributes.Select(pair => EntryDifference.Replace(pair.Key, pair.Value))];
        await context.StepAsync(step, async token =>
        {
            if (await Identity.OwnerAsync(dn, entry, token) == Owner.Entry)
                await writer.ModifyAsync(dn, modifications, token);
        }, cancellationToken);
    }

    /// <summary>Takes an entry out of all groups.</summary>
    public async Task ForgetAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (references.Places.Count > 0)
            await context.StepAsync("remove-references", async token => await references.RemoveAsync(entry, token), cancellationToken);
    }

    /// <summary>
    /// Deletes an entry under the first of the given names that it has, and takes it out of all groups if that is the name they know. What belongs to
    /// another by now is left alone, and its groups too.
    /// </summary>
    public async Task DeleteAsync(Entry entry, TargetContext context, CancellationToken cancellationToken, params string[] names)
    {
        var known = Layout.DnOf(entry);
        await context.StepAsync("delete-entry", async token =>
        {
            foreach (var dn in names)
            {
                var owner = await Identity.OwnerAsync(dn, entry, token);
                if (owner == Owner.Another)
                    return;
                if (owner == Owner.Entry && await writer.DeleteAsync(dn, token))
                {
                    if (dn == known)
                        await references.RemoveAsync(entry, token);
                    return;
                }
            }

            // Gone already, perhaps by an attempt that broke off right after.
            await references.RemoveAsync(entry, token);
        }, cancellationToken);
    }

    private async Task PutAsync(
        Entry entry, IEnumerable<string> cleared, Func<CancellationToken, Task<bool>> isOwn, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = Layout.DnOf(entry);
        await context.StepAsync("put-entry", async token =>
        {
            var image = Layout.ImageOf(entry);
            var always = members is null ? ValueList.Empty : members.Always(image);
            var listed = members is null ? ValueList.Empty : await members.ReadAsync(entry, context, token);
            if (members is not null && listed.Count > 0)
                image[members.LdapAttribute] = members.Union(always, ValueList.Create(listed.Take(members.LongestChunk)));
            if (await writer.TryAddAsync(dn, image, token))
            {
                if (members is not null && listed.Count > members.LongestChunk)
                    await members.AddAsync(dn, ValueList.Create(listed.Skip(members.LongestChunk)), token);
                return;
            }

            if (!await isOwn(token))
                throw await Identity.TakenAsync(dn, entry, token);
            if (members is not null && listed.Count > 0)
                image[members.LdapAttribute] = ValueList.Empty;
            await writer.UpdateAsync(dn, image, [.. Layout.Managed, .. cleared], Layout.Naming, token);
            if (members is not null && listed.Count > 0)
                await members.BringAsync(dn, listed, always, token);
        }, cancellationToken);
        if (password is not null && Layout.PasswordOf(entry).IsSet)
            await context.StepAsync("set-password", async token => await password.SetAsync(dn, Layout.PasswordOf(entry), token), cancellationToken);
    }

    // If there is no object of the former name, an attempt of which nothing is known may have renamed it.
    private async Task RenameAsync(EntryModified change, string from, string to, CancellationToken cancellationToken)
    {
        try
        {
            if (await writer.TryMoveAsync(from, to, cancellationToken))
                return;
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.EntryAlreadyExists && !DistinguishedName.Same(from, to))
        {
            throw await Identity.TakenAsync(to, change.Entry, cancellationToken);
        }

        if (await writer.ReadAsync(to, cancellationToken, "1.1") is null)
            throw new LdapRequestException(
                ResultCodes.NoSuchObject, FaultKind.Permanent, $"There is no object {from}, so that it cannot be renamed. Somebody deleted, renamed or moved it.");
        if (!await Identity.IsOwnAsync(to, change.Entry, cancellationToken) && !await Identity.IsOwnAsync(to, change.Previous, cancellationToken))
            throw await Identity.TakenAsync(to, change.Entry, cancellationToken);
    }
}

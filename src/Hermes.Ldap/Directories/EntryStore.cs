using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>The entries of one data type in the directory. Every operation is made of steps, each of which may be done again.</summary>
internal sealed class EntryStore(
    EntryLayout layout, DirectoryWriter writer, References references, MemberList? members, IPasswordWriter? password, ILogger logger)
{
    /// <summary>Names and attributes of the entries.</summary>
    public EntryLayout Layout { get; } = layout;

    /// <summary>
    /// Adds an entry, or brings the one that exists to the wanted content; <paramref name="cleared"/> attributes are removed unless it has them.
    /// </summary>
    public async Task PutAsync(Entry entry, IEnumerable<string> cleared, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = Layout.DnOf(entry);
        await context.StepAsync("put-entry", async token =>
        {
            var image = Layout.ImageOf(entry);
            var managed = Layout.Managed.Concat(cleared);
            if (members is not null)
            {
                var listed = await members.ReadAsync(entry, context, token);
                image[members.LdapAttribute] = members.Union(image[members.LdapAttribute], listed);
                managed = managed.Append(members.LdapAttribute);
            }

            await writer.PutAsync(dn, image, managed, Layout.Naming, token);
        }, cancellationToken);
        if (password is not null && Layout.PasswordOf(entry).IsSet)
            await context.StepAsync("set-password", async token => await password.SetAsync(dn, Layout.PasswordOf(entry), token), cancellationToken);
    }

    /// <summary>Renames an entry if its name changed, then modifies it, and corrects what groups hold of it.</summary>
    public async Task ChangeAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var (previous, next) = (change.Previous, change.Entry);
        var (from, to) = (Layout.DnOf(previous), Layout.DnOf(next));
        if (!Layout.KeepsName(change))
            await context.StepAsync("rename-entry", async token => await writer.MoveAsync(from, to, token), cancellationToken);
        if (references.Differ(previous, next))
            await context.StepAsync("correct-references", async token => await references.ReplaceAsync(previous, next, token), cancellationToken);
        if (Layout.DifferenceOf(change) is { Count: > 0 } modifications)
            await context.StepAsync("modify-entry", async token => await writer.ModifyAsync(to, modifications, token), cancellationToken);
        if (members is not null)
            await context.StepAsync("change-members", async token => await members.ChangeAsync(to, previous, next, context, token), cancellationToken);
        if (password is not null && Layout.ChangesPassword(change))
            await context.StepAsync("set-password", async token => await password.SetAsync(to, Layout.PasswordOf(next), token), cancellationToken);
    }

    /// <summary>Moves an entry, if it is there; false if it is not.</summary>
    public async Task MoveAsync(string step, string from, string to, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync(step, async token =>
        {
            if (await writer.ReadAsync(from, token, "1.1") is not null)
                await writer.MoveAsync(from, to, token);
        }, cancellationToken);

    /// <summary>Replaces attributes of an entry.</summary>
    public async Task ReplaceAsync(
        string step, string dn, IReadOnlyDictionary<string, ValueList> attributes, TargetContext context, CancellationToken cancellationToken)
    {
        DirectoryAttributeModification[] modifications = [.. attributes.Select(pair => EntryDifference.Replace(pair.Key, pair.Value))];
        await context.StepAsync(step, async token => await writer.ModifyAsync(dn, modifications, token), cancellationToken);
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
                var owner = await OwnerAsync(dn, entry, token);
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

    private async Task<Owner> OwnerAsync(string dn, Entry entry, CancellationToken cancellationToken)
    {
        if (Layout.KeyAttribute is not { } attribute)
            return Owner.Entry;
        if (await writer.ReadAsync(dn, cancellationToken, attribute) is not { } found)
            return Owner.Nobody;
        var wanted = Layout.ImageOf(entry)[attribute];
        var present = found.Attributes[attribute]?.GetValues(typeof(string)).Cast<string>() ?? [];
        if (wanted.Count > 0 && wanted.All(value => present.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase)))
            return Owner.Entry;
        Log.EntryOfAnother(logger, dn);
        return Owner.Another;
    }

    private enum Owner
    {
        Nobody,
        Entry,
        Another,
    }
}

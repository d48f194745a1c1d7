using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>Applies the changes of a data type whose entries are memberships: each one value of the group's member attribute.</summary>
internal sealed class MembershipHandler(
    DirectoryMembershipOptions options, EntryLayout group, MemberValue value, MemberAttribute members, MemberLocator all) : ITypeHandler
{
    /// <inheritdoc/>
    public async Task ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case EntryAdded added:
                await JoinAsync(added.Entry, context, cancellationToken);
                break;
            case EntryRecycled recycled when !options.KeepWhenTrashed:
                await JoinAsync(recycled.Entry, context, cancellationToken);
                break;
            case EntryTrashed trashed when !options.KeepWhenTrashed:
                await LeaveAsync(trashed.Entry, context, cancellationToken);
                break;
            case EntryRemoved removed:
                await LeaveAsync(removed.Previous, context, cancellationToken);
                break;
            case EntryModified modified when Refers(modified.Previous) != Refers(modified.Entry):
                await context.StepAsync("leave-former-group", async token => await LeaveAsync(modified.Previous, context, token), cancellationToken);
                await context.StepAsync("join-group", async token => await JoinAsync(modified.Entry, context, token), cancellationToken);
                break;
            default:
                // A membership has nothing but its two ends: other attributes are of no concern to the directory.
                break;
        }
    }

    private async Task JoinAsync(Entry membership, TargetContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(group.Type, membership, options.Group, context, cancellationToken) is not { } inGroup)
            throw Unknown(group.Type, membership, options.Group);
        if (await FindAsync(value.Member.Type, membership, options.Member, context, cancellationToken) is not { } joining)
            throw Unknown(value.Member.Type, membership, options.Member);
        var dn = await all.DnOfAsync(group, inGroup.Key, inGroup.Entry, context, cancellationToken);
        await members.AddAsync(dn, [await all.ValueOfAsync(value, joining.Key, joining.Entry, context, cancellationToken)], cancellationToken);
    }

    // What is not on the target any more took the membership with it.
    private async Task LeaveAsync(Entry membership, TargetContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(group.Type, membership, options.Group, context, cancellationToken) is { } inGroup
            && await FindAsync(value.Member.Type, membership, options.Member, context, cancellationToken) is { } leaving
            && await all.FindDnAsync(group, inGroup.Key, inGroup.Entry, context, cancellationToken) is { } dn)
        {
            await members.RemoveAsync(dn, await all.ValuesOfAsync(value, leaving.Key, leaving.Entry, context, cancellationToken), cancellationToken);
        }
    }

    private static FormatException Unknown(string type, Entry membership, string attribute) =>
        new($"The entry {membership.Get(attribute)} of {type}, to which '{attribute}' refers, is not on the target.");

    private static async Task<(EntryKey Key, Entry Entry)?> FindAsync(
        string type, Entry membership, string attribute, TargetContext context, CancellationToken cancellationToken)
    {
        var value = membership.Get(attribute);
        if (!value.IsScalar)
            throw new FormatException($"The attribute '{attribute}' must hold the key of one entry of {type}.");
        var key = EntryKey.Of(value);
        return await context.FindAsync(type, key, cancellationToken) is { } entry ? (key, entry) : null;
    }

    private (Value Group, Value Member) Refers(Entry membership) => (membership.Get(options.Group), membership.Get(options.Member));
}

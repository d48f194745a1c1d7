using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>Applies the changes of a data type whose entries are memberships: each one value of the group's member attribute.</summary>
internal sealed class MembershipHandler(DirectoryMembershipOptions options, EntryLayout group, MemberValue value, MemberAttribute members) : ITypeHandler
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
        var groupEntry = await FindAsync(group.Type, membership, options.Group, context, cancellationToken);
        var memberEntry = await FindAsync(value.Member.Type, membership, options.Member, context, cancellationToken);
        if (groupEntry is null || memberEntry is null)
        {
            var (type, attribute) = groupEntry is null ? (group.Type, options.Group) : (value.Member.Type, options.Member);
            throw new FormatException($"The entry {membership.Get(attribute)} of {type}, to which '{attribute}' refers, is not on the target.");
        }

        await members.AddAsync(group.DnOf(groupEntry), [value.Of(memberEntry)], cancellationToken);
    }

    // What is not on the target any more took the membership with it.
    private async Task LeaveAsync(Entry membership, TargetContext context, CancellationToken cancellationToken)
    {
        var groupEntry = await FindAsync(group.Type, membership, options.Group, context, cancellationToken);
        var memberEntry = await FindAsync(value.Member.Type, membership, options.Member, context, cancellationToken);
        if (groupEntry is not null && memberEntry is not null)
            await members.RemoveAsync(group.DnOf(groupEntry), [value.Of(memberEntry)], cancellationToken);
    }

    private static async Task<Entry?> FindAsync(string type, Entry membership, string attribute, TargetContext context, CancellationToken cancellationToken)
    {
        var key = membership.Get(attribute);
        return key.IsScalar
            ? await context.FindAsync(type, EntryKey.Of(key), cancellationToken)
            : throw new FormatException($"The attribute '{attribute}' must hold the key of one entry of {type}.");
    }

    private (Value Group, Value Member) Refers(Entry membership) => (membership.Get(options.Group), membership.Get(options.Member));
}

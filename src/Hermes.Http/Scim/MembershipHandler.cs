using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Http.Scim;

/// <summary>Applies the changes of a data type whose entries are memberships: each one member of a group.</summary>
internal sealed class MembershipHandler(ScimMembershipOptions options, string groupType, string memberType, MemberTurns members) : ITypeHandler
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
                // A membership has nothing but its two ends: other attributes are of no concern to the service.
                break;
        }
    }

    private async Task JoinAsync(Entry membership, TargetContext context, CancellationToken cancellationToken)
    {
        var group = await FindAsync(groupType, membership, options.Group, context, cancellationToken) ?? throw Unknown(groupType, membership, options.Group);
        var member = await FindAsync(memberType, membership, options.Member, context, cancellationToken) ?? throw Unknown(memberType, membership, options.Member);
        try
        {
            await members.JoinAsync(group, member, cancellationToken);
        }
        catch (TargetMissingException missing)
        {
            // What is gone is the group, not the membership: it is the group that must be made anew.
            throw new FormatException($"{missing.Message} It is made anew with the next change of its entry.", missing);
        }
    }

    // What is not on the target any more took the membership with it.
    private async Task LeaveAsync(Entry membership, TargetContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(groupType, membership, options.Group, context, cancellationToken) is not { } group
            || await FindAsync(memberType, membership, options.Member, context, cancellationToken) is not { } member)
        {
            return;
        }

        try
        {
            await members.LeaveAsync(group, member, cancellationToken);
        }
        catch (TargetMissingException)
        {
            // So did a group that somebody deleted.
        }
    }

    private static FormatException Unknown(string type, Entry membership, string attribute) =>
        new($"The entry {membership.Get(attribute)} of {type}, to which '{attribute}' refers, is not on the target.");

    private static async Task<string?> FindAsync(string type, Entry membership, string attribute, TargetContext context, CancellationToken cancellationToken)
    {
        var value = membership.Get(attribute);
        return value.IsScalar
            ? await context.FindLinkAsync(type, EntryKey.Of(value), cancellationToken)
            : throw new FormatException($"The attribute '{attribute}' must hold the key of one entry of {type}.");
    }

    private (Value Group, Value Member) Refers(Entry membership) => (membership.Get(options.Group), membership.Get(options.Member));
}

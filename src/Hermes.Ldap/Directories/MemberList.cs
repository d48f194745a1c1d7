using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>The members of groups whose entries list them.</summary>
internal sealed class MemberList(string local, MemberAttribute attribute, MemberValue member, MemberLocator all)
{
    /// <summary>The LDAP attribute that holds the members.</summary>
    public string LdapAttribute => attribute.Name;

    /// <summary>How many members may go into the request that makes a group.</summary>
    public int LongestChunk => attribute.LongestChunk;

    /// <summary>What the group holds of its members.</summary>
    /// <exception cref="FormatException">A member is not on the target.</exception>
    public async Task<ValueList> ReadAsync(Entry group, TargetContext context, CancellationToken cancellationToken)
    {
        var values = new List<Value>();
        foreach (var key in Keys(group))
        {
            values.Add(await FindAsync(key, context, cancellationToken) ?? throw new FormatException(
                $"The member {key} of {member.Member.Type} is not on the target. It is tried again; correct what keeps the member from being added."));
        }

        return ValueList.Create(values);
    }

    /// <summary>Adds members to a group.</summary>
    public Task AddAsync(string dn, ValueList members, CancellationToken cancellationToken) => attribute.AddAsync(dn, members, cancellationToken);

    /// <summary>The members that a group has by its defaults, beside those that it lists.</summary>
    public ValueList Always(EntryImage group) => ValueList.Create(group[LdapAttribute].Where(value => value != attribute.Placeholder));

    /// <summary>Values of two lists, each member once.</summary>
    public ValueList Union(ValueList first, ValueList second) => ValueList.Create(first.Concat(second).DistinctBy(member.FormOf));

    /// <summary>Brings a group to the listed members, and those of <paramref name="always"/>.</summary>
    public async Task BringAsync(string dn, ValueList listed, ValueList always, CancellationToken cancellationToken)
    {
        var present = await attribute.ReadAsync(dn, cancellationToken);
        var held = present.Select(value => member.FormOf(value)).ToHashSet(StringComparer.Ordinal);
        var wanted = listed.Concat(always).Select(member.FormOf).ToHashSet(StringComparer.Ordinal);
        var surplus = present.Where(value => !wanted.Contains(member.FormOf(value))).Select(Value.From);
        await attribute.AddAsync(dn, ValueList.Create(listed.Where(value => !held.Contains(member.FormOf(value)))), cancellationToken);
        await attribute.RemoveAsync(dn, ValueList.Create(surplus), cancellationToken);
    }

    /// <summary>Adds the new members to a group and takes away the former ones.</summary>
    /// <exception cref="FormatException">A new member is not on the target.</exception>
    public async Task ChangeAsync(string dn, Entry previous, Entry next, TargetContext context, CancellationToken cancellationToken)
    {
        var (before, after) = (Keys(previous), Keys(next));
        var joined = new List<Value>();
        foreach (var key in after.Except(before))
        {
            joined.Add(await FindAsync(key, context, cancellationToken)
                ?? throw new FormatException($"The member {key} of {member.Member.Type} is not on the target."));
        }

        // A former member that is not on the target any more was taken out of its groups when it went.
        var left = new List<Value>();
        foreach (var key in before.Except(after))
        {
            if (await EntryOfAsync(key, context, cancellationToken) is { } former)
                left.AddRange(await all.ValuesOfAsync(member, EntryKey.Of(key), former, context, cancellationToken));
        }

        await attribute.AddAsync(dn, ValueList.Create(joined), cancellationToken);
        await attribute.RemoveAsync(dn, ValueList.Create(left), cancellationToken);
    }

    private async Task<Value?> FindAsync(Value key, TargetContext context, CancellationToken cancellationToken) =>
        await EntryOfAsync(key, context, cancellationToken) is { } found
            ? await all.ValueOfAsync(member, EntryKey.Of(key), found, context, cancellationToken)
            : (Value?)null;

    private async Task<Entry?> EntryOfAsync(Value key, TargetContext context, CancellationToken cancellationToken) =>
        await context.FindAsync(member.Member.Type, EntryKey.Of(key), cancellationToken);

    private IReadOnlyList<Value> Keys(Entry group)
    {
        var listed = group.Get(local);
        if (!listed.IsSet)
            return [];
        var keys = listed.Kind == ValueKind.List ? listed.AsList() : [listed];
        return keys.All(key => key.IsScalar) ? keys : throw new FormatException($"The attribute '{local}' must list keys, each a single value.");
    }
}

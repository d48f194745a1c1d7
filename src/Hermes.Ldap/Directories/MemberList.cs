using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>The members of groups whose entries list them.</summary>
internal sealed class MemberList(string local, string ldapAttribute, MemberValue member, DirectoryWriter writer)
{
    /// <summary>The LDAP attribute that holds the members.</summary>
    public string LdapAttribute { get; } = ldapAttribute;

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

    /// <summary>Values of two lists, each member once.</summary>
    public ValueList Union(ValueList first, ValueList second) =>
        ValueList.Create(first.Concat(second.Where(value => !first.Any(other => member.Same(other, value)))).Distinct());

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
            if (await FindAsync(key, context, cancellationToken) is { } former)
                left.Add(former);
        }

        await writer.AddValuesAsync(dn, LdapAttribute, ValueList.Create(joined), cancellationToken);
        await writer.RemoveValuesAsync(dn, LdapAttribute, ValueList.Create(left), cancellationToken);
    }

    private async Task<Value?> FindAsync(Value key, TargetContext context, CancellationToken cancellationToken) =>
        await context.FindAsync(member.Member.Type, EntryKey.Of(key), cancellationToken) is { } found ? member.Of(found) : (Value?)null;

    private IReadOnlyList<Value> Keys(Entry group)
    {
        var listed = group.Get(local);
        if (!listed.IsSet)
            return [];
        var keys = listed.Kind == ValueKind.List ? listed.AsList() : [listed];
        return keys.All(key => key.IsScalar) ? keys : throw new FormatException($"The attribute '{local}' must list keys, each a single value.");
    }
}

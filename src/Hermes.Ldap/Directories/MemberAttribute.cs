using Hermes.Abstractions.Data;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Directories;

/// <summary>The attribute of groups that holds their members.</summary>
/// <param name="writer">Writes to the directory.</param>
/// <param name="name">The LDAP name.</param>
/// <param name="placeholder">What a group holds that has no member, where the schema wants one; null if it may be empty.</param>
internal sealed class MemberAttribute(DirectoryWriter writer, string name, Value? placeholder)
{
    /// <summary>The LDAP name.</summary>
    public string Name { get; } = name;

    /// <summary>What a group holds that has no member; null if it may be empty.</summary>
    public Value? Placeholder { get; } = placeholder;

    /// <summary>How many members may go into the request that makes a group.</summary>
    public int LongestChunk => writer.LongestChunk;

    /// <summary>The groups below a base that have a member.</summary>
    public Task<IReadOnlyList<string>> FindAsync(string @base, Value member, CancellationToken cancellationToken) =>
        writer.FindAsync(@base, Name, member.AsString(), cancellationToken);

    /// <summary>The members of a group.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(string group, CancellationToken cancellationToken) => writer.ReadValuesAsync(group, Name, cancellationToken);

    /// <summary>Puts values in the place of all that are there.</summary>
    public Task SetAsync(string dn, ValueList values, CancellationToken cancellationToken) =>
        writer.ModifyAsync(dn, [EntryDifference.Replace(Name, values)], cancellationToken);

    /// <summary>Adds members; those that are there stay.</summary>
    public async Task AddAsync(string group, ValueList members, CancellationToken cancellationToken)
    {
        await writer.AddValuesAsync(group, Name, members, cancellationToken);
        if (Placeholder is { } nobody && members.Count > 0)
            await writer.RemoveValuesAsync(group, Name, [nobody], cancellationToken);
    }

    /// <summary>Takes members away; those that are not there do no harm.</summary>
    /// <exception cref="LdapRequestException">The last one would leave a group that must have a member.</exception>
    public async Task RemoveAsync(string group, ValueList members, CancellationToken cancellationToken)
    {
        try
        {
            await writer.RemoveValuesAsync(group, Name, members, cancellationToken);
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.ObjectClassViolation)
        {
            if (Placeholder is not { } nobody)
            {
                throw new LdapRequestException(
                    failure.Code,
                    failure.Fault,
                    $"{failure.Message} If the schema wants at least one '{Name}' (groupOfNames does), set EmptyMember of the type of {group} to the DN that an "
                    + "empty group has instead, or give it a default that always stays.",
                    failure);
            }

            await writer.AddValuesAsync(group, Name, [nobody], cancellationToken);
            await writer.RemoveValuesAsync(group, Name, members, cancellationToken);
        }
    }

    /// <summary>Puts a member in the place of another.</summary>
    public Task ReplaceAsync(string group, Value old, Value @new, CancellationToken cancellationToken) =>
        writer.ReplaceValueAsync(group, Name, old, @new, cancellationToken);
}

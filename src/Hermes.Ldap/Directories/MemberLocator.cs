using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>Finds the objects of groups and of their members, which may be elsewhere than where they were put.</summary>
internal sealed class MemberLocator(DirectoryWriter writer, ObjectLocator locator)
{
    /// <summary>The DN of an entry's object.</summary>
    /// <exception cref="FormatException">Somebody deleted it.</exception>
    public async Task<string> DnOfAsync(EntryLayout layout, EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await FindDnAsync(layout, key, entry, context, cancellationToken) ?? throw new FormatException(
            $"The object of {layout.Type} {key}, which was {layout.DnOf(entry)}, is not on the target: somebody deleted it. It is made anew with the next change of the entry.");

    /// <summary>What a group holds of a member.</summary>
    /// <exception cref="FormatException">The member is not on the target, or has no such value.</exception>
    public async Task<Value> ValueOfAsync(MemberValue value, EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        value.Of(value.Attribute is null
            ? value.Member.NameOf(entry) with { Dn = await DnOfAsync(value.Member, key, entry, context, cancellationToken) }
            : value.Member.NameOf(entry));

    /// <summary>What a group holds of a member; not set if the member, or its object, is not on the target.</summary>
    /// <exception cref="FormatException">The member has no such value.</exception>
    public async Task<Value> FindValueAsync(MemberValue value, EntryKey key, TargetContext context, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(value.Member.Type, key, cancellationToken) is not { } entry)
            return Value.Null;
        var name = value.Member.NameOf(entry);
        if (value.Attribute is null)
            return await FindDnAsync(value.Member, key, entry, context, cancellationToken) is { } dn ? value.Of(name with { Dn = dn }) : Value.Null;
        return value.Of(name);
    }

    /// <summary>What a group may hold of a former member, which may be in the trashbin. One that is gone for good was taken out of its groups when it went.</summary>
    public async Task<ValueList> FormerValuesOfAsync(MemberValue value, EntryKey key, TargetContext context, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(value.Member.Type, key, cancellationToken) is { } entry)
            return await ValuesOfAsync(value, key, entry, context, cancellationToken);
        if (await context.FindLinkAsync(value.Member.Type, key, cancellationToken) is not { } link
            || await locator.FindAsync(link, [], value.Attribute is { } attribute ? [attribute] : [], cancellationToken) is not { } found)
        {
            return [];
        }

        return ValueList.Create(value.All([found.Name]));
    }

    /// <summary>Whether a value leads to the object of an entry.</summary>
    public async Task<bool> IsOwnedAsync(MemberValue value, string held, TargetContext context, CancellationToken cancellationToken)
    {
        var entry = value.Attribute is { } attribute
            ? await writer.FindOneAsync(value.Member.Base, SearchFilter.Equal(attribute, held), SearchScope.Subtree, [locator.Attribute], cancellationToken)
            : await writer.ReadAsync(held, cancellationToken, locator.Attribute);
        return entry is not null && locator.Found(entry).Link is { } link
            && await context.FindOwnerAsync(link, cancellationToken) is { } owner && owner.Type == value.Member.Type;
    }

    /// <summary>
    /// What a group may hold of a member: its name; and the one that it should have, which groups keep of what somebody moved or deleted, unless another object has
    /// it by now.
    /// </summary>
    public async Task<ValueList> ValuesOfAsync(MemberValue value, EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var wanted = value.Member.NameOf(entry);
        if (value.Attribute is not null)
            return [value.Of(wanted)];
        var dn = await FindDnAsync(value.Member, key, entry, context, cancellationToken);
        if (dn is not null && DistinguishedName.Same(dn, wanted.Dn))
            return [dn];
        var isFree = await writer.ReadAsync(wanted.Dn, cancellationToken, "1.1") is null;
        return ValueList.Create(new[] { dn, isFree ? wanted.Dn : null }.OfType<string>().Select(Value.From));
    }

    /// <summary>The DN of an entry's object; null if it is gone.</summary>
    public async Task<string?> FindDnAsync(EntryLayout layout, EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = layout.DnOf(entry);
        return await context.FindLinkAsync(layout.Type, key, cancellationToken) is { } link
            ? (await locator.FindAsync(link, [dn], [], cancellationToken))?.Dn
            : dn;
    }
}

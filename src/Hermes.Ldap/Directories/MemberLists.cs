using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>All attributes of the objects of one type that refer to others. Several may go to one LDAP attribute, as users and groups in a group.</summary>
internal sealed class MemberLists(IReadOnlyList<MemberList> lists)
{
    /// <summary>Those of a type that refers to nothing.</summary>
    public static MemberLists None { get; } = new([]);

    /// <summary>Those that the client's data model declares, and what they hold.</summary>
    public IReadOnlyList<HeldReference> Declared => [.. lists.Where(list => list.IsDeclared).Select(list => new HeldReference(list.Local, list.LdapAttribute, list.Member))];

    /// <summary>Whether there are any.</summary>
    public bool AreAny => lists.Count > 0;

    /// <summary>What the object of an entry holds.</summary>
    public async Task<IReadOnlyList<Held>> ReadAsync(Entry entry, EntryImage image, TargetContext context, CancellationToken cancellationToken)
    {
        var all = new List<Held>(lists.Count);
        foreach (var list in lists)
            all.Add(new Held(list, list.Always(image), await list.ReadAsync(entry, context, cancellationToken)));
        return all;
    }

    /// <summary>The image with as much of it as goes into the request that makes an object.</summary>
    public static EntryImage WithFirst(EntryImage image, IReadOnlyList<Held> all)
    {
        foreach (var (list, _, listed) in all.Where(held => held.Listed.Count > 0))
            image[list.LdapAttribute] = list.Union(list.Always(image), list.FirstOf(listed));
        return image;
    }

    /// <summary>The image without it: it is brought apart.</summary>
    public static EntryImage Without(EntryImage image, IReadOnlyList<Held> all)
    {
        foreach (var (list, _, _) in all.Where(held => held.Listed.Count > 0))
            image[list.LdapAttribute] = ValueList.Empty;
        return image;
    }

    /// <summary>Adds what did not go into that request.</summary>
    public static async Task AddRestAsync(string dn, IReadOnlyList<Held> all, CancellationToken cancellationToken)
    {
        foreach (var (list, _, listed) in all)
            await list.AddAsync(dn, list.RestOf(listed), cancellationToken);
    }

    /// <summary>Brings an object to what it should hold.</summary>
    public static async Task BringAsync(string dn, IReadOnlyList<Held> all, TargetContext context, CancellationToken cancellationToken)
    {
        foreach (var (list, always, listed) in all.Where(held => held.Listed.Count > 0 || held.List.IsDeclared))
            await list.BringAsync(dn, listed, always, context, cancellationToken);
    }

    /// <summary>Adds what is new to an object and takes away what was there before.</summary>
    public async Task ChangeAsync(string dn, EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        foreach (var list in lists)
            await list.ChangeAsync(dn, change.Previous, change.Entry, context, cancellationToken);
    }

    /// <summary>What an object holds in one of the attributes.</summary>
    /// <param name="List">The attribute.</param>
    /// <param name="Always">By its defaults.</param>
    /// <param name="Listed">By its entry.</param>
    public readonly record struct Held(MemberList List, ValueList Always, ValueList Listed);
}

using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>
/// An attribute of objects that refers to others: the members of a group whose entry lists them, or a manager. If the client's data model says that it is a reference, it
/// holds what the target has, and what is missing follows; otherwise, a member that is not on the target holds its group back.
/// </summary>
/// <param name="local">The local attribute.</param>
/// <param name="attribute">The LDAP attribute.</param>
/// <param name="member">What is written for an entry.</param>
/// <param name="all">Finds the objects.</param>
/// <param name="declared">What the client's data model says; null if it says nothing.</param>
internal sealed class MemberList(string local, MemberAttribute attribute, MemberValue member, MemberLocator all, TargetReference? declared)
{
    // A request that makes an object is not made smaller when a server finds it too large.
    private const int MostAtOnce = 100;

    private readonly TargetReference _reference = declared ?? new TargetReference(member.Member.Type, IsList: true);

    /// <summary>The local attribute.</summary>
    public string Local => local;

    /// <summary>The LDAP attribute.</summary>
    public string LdapAttribute => attribute.Name;

    /// <summary>What is written for an entry.</summary>
    public MemberValue Member => member;

    /// <summary>Whether objects have nothing but what the data model says, rather than what was listed when they were made.</summary>
    public bool IsDeclared => declared is not null;

    private bool IsSingle => !_reference.IsList;

    /// <summary>What the object of an entry holds.</summary>
    /// <exception cref="FormatException">The attribute holds no keys; or it is not declared, and a member is not on the target.</exception>
    public async Task<ValueList> ReadAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await ValuesOfAsync(KeysOf(entry), context, cancellationToken);

    /// <summary>Those of the values that go into the request that makes an object.</summary>
    public ValueList FirstOf(ValueList values) => ValueList.Create(values.Take(Math.Min(MostAtOnce, attribute.LongestChunk)));

    /// <summary>The others.</summary>
    public ValueList RestOf(ValueList values) => ValueList.Create(values.Skip(Math.Min(MostAtOnce, attribute.LongestChunk)));

    /// <summary>Adds values to an object.</summary>
    public Task AddAsync(string dn, ValueList values, CancellationToken cancellationToken) => attribute.AddAsync(dn, values, cancellationToken);

    /// <summary>The values that an object has by its defaults, beside those of its entry.</summary>
    public ValueList Always(EntryImage image) => ValueList.Create(image[LdapAttribute].Where(value => value != attribute.Placeholder));

    /// <summary>Values of two lists, each member once.</summary>
    public ValueList Union(ValueList first, ValueList second) => ValueList.Create(first.Concat(second).DistinctBy(member.FormOf));

    /// <summary>
    /// Brings an object to the listed values, and those of <paramref name="always"/>. Of an attribute that is declared, only what leads to objects of other entries is taken
    /// away: the rest is somebody else's, or leads to what is still to be adopted.
    /// </summary>
    public async Task BringAsync(string dn, ValueList listed, ValueList always, TargetContext context, CancellationToken cancellationToken)
    {
        var present = await attribute.ReadAsync(dn, cancellationToken);
        var held = present.Select(value => member.FormOf(value)).ToHashSet(StringComparer.Ordinal);
        var wanted = listed.Concat(always).Select(member.FormOf).ToHashSet(StringComparer.Ordinal);
        if (IsSingle && listed.Count > 0)
        {
            if (!held.SetEquals(wanted))
                await attribute.SetAsync(dn, listed, cancellationToken);
            return;
        }

        var surplus = new List<Value>();
        foreach (var value in present.Where(value => !wanted.Contains(member.FormOf(value))))
        {
            if (!IsDeclared || await all.IsOwnedAsync(member, value, context, cancellationToken))
                surplus.Add(value);
        }

        await attribute.AddAsync(dn, ValueList.Create(listed.Where(value => !held.Contains(member.FormOf(value)))), cancellationToken);
        await attribute.RemoveAsync(dn, ValueList.Create(surplus), cancellationToken);
    }

    /// <summary>Adds what is new to an object and takes away what was there before.</summary>
    /// <exception cref="FormatException">As <see cref="ReadAsync"/>.</exception>
    public async Task ChangeAsync(string dn, Entry previous, Entry next, TargetContext context, CancellationToken cancellationToken)
    {
        var (before, after) = (KeysOf(previous), KeysOf(next));
        if (before.SequenceEqual(after))
            return;
        if (IsSingle)
        {
            await attribute.SetAsync(dn, await ValuesOfAsync(after, context, cancellationToken), cancellationToken);
            return;
        }

        var joined = await ValuesOfAsync([.. after.Except(before)], context, cancellationToken);
        var left = new List<Value>();
        foreach (var key in before.Except(after))
            left.AddRange(await all.FormerValuesOfAsync(member, key, context, cancellationToken));
        await attribute.AddAsync(dn, joined, cancellationToken);
        await attribute.RemoveAsync(dn, ValueList.Create(left), cancellationToken);
    }

    private async Task<ValueList> ValuesOfAsync(IReadOnlyList<EntryKey> keys, TargetContext context, CancellationToken cancellationToken)
    {
        var values = new List<Value>(keys.Count);
        foreach (var key in keys)
        {
            if (await all.FindValueAsync(member, key, context, cancellationToken) is { IsSet: true } value)
                values.Add(value);
            else if (!IsDeclared)
                throw new FormatException($"The member {key} of {member.Member.Type} is not on the target. It is tried again; correct what keeps the member from being added.");
        }

        return ValueList.Create(values);
    }

    private IReadOnlyList<EntryKey> KeysOf(Entry entry)
    {
        try
        {
            return _reference.KeysOf(entry.Get(local));
        }
        catch (FormatException exception)
        {
            throw new FormatException($"The attribute '{local}' cannot be used: {exception.Message}", exception);
        }
    }
}

using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>What a group holds of a member: its DN, or the value of one of its attributes.</summary>
internal sealed record MemberValue(EntryLayout Member, string? Attribute)
{
    /// <summary>One form for all values that stand for the same member.</summary>
    public string FormOf(Value value) => Attribute is null ? NameForm.Of(value.ToString()) : value.ToString();

    /// <summary>The value for a member.</summary>
    /// <exception cref="FormatException">The member has no such value.</exception>
    public Value Of(ObjectName member) => Find(member) is { IsSet: true } value
        ? value
        : throw new FormatException($"A member must have exactly one '{Attribute}', which its groups hold; this one of {Member.Type} has {member.Values(Attribute!).Count}.");

    /// <summary>The values for a member by all its names, each once.</summary>
    public IEnumerable<Value> All(IEnumerable<ObjectName> names) => names.Select(Find).Where(value => value.IsSet).DistinctBy(FormOf);

    /// <summary>The values for a member by former names that are not the one that it has now.</summary>
    public IEnumerable<Value> Outdated(IEnumerable<ObjectName> former, ObjectName now) =>
        Find(now) is { IsSet: true } value ? All(former).Where(old => FormOf(old) != FormOf(value)) : [];

    private Value Find(ObjectName member)
    {
        if (Attribute is null)
            return member.Dn;
        return member.Values(Attribute) is [var value] ? value : Value.Null;
    }
}

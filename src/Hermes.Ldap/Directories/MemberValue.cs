using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Directories;

/// <summary>What a group holds of a member: its DN, or the value of one of its attributes.</summary>
internal sealed record MemberValue(EntryLayout Member, string? Attribute)
{
    /// <summary>One form for all values that stand for the same member.</summary>
    public string FormOf(Value value) => Attribute is null ? NameForm.Of(value.ToString()) : value.ToString();

    /// <summary>Whether two values stand for the same member.</summary>
    public bool Same(Value left, Value right) => FormOf(left) == FormOf(right);

    /// <summary>The value for a member.</summary>
    /// <exception cref="FormatException">The member has no such value.</exception>
    public Value Of(Entry member)
    {
        if (Attribute is null)
            return Member.DnOf(member);
        var values = Member.ImageOf(member)[Attribute];
        return values.Count == 1
            ? values[0]
            : throw new FormatException($"A member must have exactly one '{Attribute}', which its groups hold; this one of {Member.Type} has {values.Count}.");
    }
}

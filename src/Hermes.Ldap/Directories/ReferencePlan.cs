using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>Which local attributes of a type go where as references: those that the client's data model declares, and the one that options call the list of members.</summary>
internal sealed class ReferencePlan(MembershipPlan memberships, ICollection<ConfigurationError> errors, MemberLocator all, Func<string, string, MemberAttribute> attributeOf)
{
    /// <summary>The references of a type, with the errors noted.</summary>
    /// <param name="path">The path of the options.</param>
    /// <param name="type">The type.</param>
    /// <param name="options">Its options.</param>
    /// <param name="members">The list of members that the options name; null if they name none.</param>
    public IReadOnlyList<(MemberList List, MemberAttribute Attribute, MemberValue Value)> Of(string path, TargetType type, EntryMappingOptions options, ListedMembers? members)
    {
        var found = new List<(MemberList, MemberAttribute, MemberValue)>();
        foreach (var (local, reference) in type.References.OrderBy(reference => reference.Key, StringComparer.Ordinal))
        {
            if (options.Ignore.Contains(local) || memberships.Named($"{path}:{local}", reference.Type) is not { } member)
                continue;
            var isListed = members?.Local == local;
            var ldap = options.ReferenceAttributes.TryGetValue(local, out var named) ? named
                : isListed ? members!.LdapAttribute
                : options.Rename.TryGetValue(local, out var renamed) ? renamed : local;
            var value = new MemberValue(member, options.ReferenceValues.TryGetValue(local, out var of) ? of : isListed ? members!.Value : null);
            Add(local, ldap, value, reference);
        }

        if (members is not null && !type.References.ContainsKey(members.Local) && memberships.Named($"{path}:MembersType", members.Type) is { } listed)
            Add(members.Local, members.LdapAttribute, new MemberValue(listed, members.Value), null);
        foreach (var unknown in options.ReferenceAttributes.Keys.Concat(options.ReferenceValues.Keys).Where(local => !type.References.ContainsKey(local)).Distinct())
        {
            errors.Add(new(
                path,
                $"The attribute '{unknown}' of '{type.Name}' is no reference by the client's data model.",
                $"Declare it there by Reference or References, or use one of: {string.Join(", ", type.References.Keys.Order(StringComparer.Ordinal))}."));
        }

        return found;

        void Add(string local, string ldap, MemberValue value, TargetReference? reference)
        {
            var attribute = attributeOf(type.Name, ldap);
            found.Add((new MemberList(local, attribute, value, all, reference), attribute, value));
        }
    }

    /// <summary>The list of members that options name.</summary>
    /// <param name="Local">The local attribute.</param>
    /// <param name="Type">Whose keys it lists.</param>
    /// <param name="LdapAttribute">Where they are written to.</param>
    /// <param name="Value">What is written; null for DNs.</param>
    internal sealed record ListedMembers(string Local, string Type, string LdapAttribute, string? Value)
    {
        /// <summary>Those of options; null if they name none.</summary>
        public static ListedMembers? Of(string? local, string? type, string ldapAttribute, string? value) =>
            local is null || type is null ? null : new(local, type, ldapAttribute, value);
    }
}

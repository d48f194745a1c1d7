using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>Finds the layouts of the two ends of memberships, and reports what is missing.</summary>
internal sealed class MembershipPlan(IReadOnlyDictionary<string, EntryLayout> layouts, ICollection<ConfigurationError> errors)
{
    private readonly List<(string GroupType, string Attribute)> _resolved = [];

    /// <summary>The LDAP attributes of a type's entries that memberships are written to.</summary>
    public IEnumerable<string> AttributesOf(string groupType) => _resolved.Where(one => one.GroupType == groupType).Select(one => one.Attribute);

    /// <summary>The ends of a membership; null if the server does not send its type yet, or, with the errors noted, if one cannot be found.</summary>
    public (EntryLayout Group, MemberValue Member)? Resolve(string path, TargetType type, DirectoryMembershipOptions options)
    {
        // Its foreign keys come with it; then the target is started again.
        if (type.Key.IsEmpty)
            return null;
        var group = End(path, type, options.Group, options.GroupType, nameof(options.GroupType));
        var member = End(path, type, options.Member, options.MemberType, nameof(options.MemberType));
        if (group is null || member is null)
            return null;
        _resolved.Add((group.Type, options.LdapAttribute));
        return (group, new MemberValue(member, options.Value));
    }

    /// <summary>The layout of a type that options name; null, with the error noted, if there is none.</summary>
    public EntryLayout? Named(string path, string type)
    {
        if (layouts.TryGetValue(type, out var layout))
            return layout;
        errors.Add(new(path, $"The type '{type}' is not among the types that the target writes as entries.", "Configure it there, or correct the name."));
        return null;
    }

    private EntryLayout? End(string path, TargetType type, string attribute, string? named, string setting)
    {
        if (named is not null)
            return Named($"{path}:{setting}", named);
        if (type.ForeignKeys.TryGetValue(attribute, out var parent))
            return Named(path, parent.Type);
        errors.Add(new(
            path,
            $"The attribute '{attribute}' of '{type.Name}' is no foreign key, so its type is not known.",
            $"Declare the foreign key on the server, or set {setting}."));
        return null;
    }
}

using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;

namespace Hermes.Http.Scim;

/// <summary>The types at the two ends of memberships, and what does not fit there.</summary>
internal static class MembershipEnds
{
    /// <summary>The type that an attribute refers to; null if only the server's foreign keys could tell.</summary>
    public static string? Of(TargetType type, string attribute, string? named) =>
        named ?? (type.ForeignKeys.TryGetValue(attribute, out var parent) ? parent.Type : null);

    /// <summary>What does not fit.</summary>
    public static IEnumerable<ConfigurationError> Errors(ScimTargetOptions options, IReadOnlyList<TargetType> types)
    {
        foreach (var (name, membership) in options.Memberships)
        {
            var path = $"Target:Memberships:{name}";
            if (types.FirstOrDefault(type => type.Name == name) is not { } type)
            {
                yield return new(path, $"The client has no data type '{name}'.", $"Use one of: {string.Join(", ", types.Select(known => known.Name))}.");
                continue;
            }

            if (options.Resources.ContainsKey(name))
                yield return new(path, $"The entries of '{name}' are resources already.", "Remove the type from Resources or from Memberships.");

            // Its foreign keys come with the server's schema; then the target is started again.
            if (type.Key.IsEmpty)
                continue;
            foreach (var error in End(path, type, membership.Group, membership.GroupType, nameof(membership.GroupType), options)
                .Concat(End(path, type, membership.Member, membership.MemberType, nameof(membership.MemberType), options)))
            {
                yield return error;
            }

            if (Of(type, membership.Group, membership.GroupType) is { } group && options.Resources.TryGetValue(group, out var resources)
                && resources.Attributes.FirstOrDefault(pair => ScimPath.TryParse(pair.Value)?.Name.Equals(membership.Path!.Name, StringComparison.OrdinalIgnoreCase) == true)
                    is { Key: { } local })
            {
                yield return new(path, $"The attribute '{local}' of '{group}' is written to '{membership.ScimAttribute}' as well.", "Write one of the two.");
            }
        }
    }

    private static IEnumerable<ConfigurationError> End(
        string path, TargetType type, string attribute, string? named, string setting, ScimTargetOptions options)
    {
        if (Of(type, attribute, named) is not { } end)
        {
            yield return new(
                path, $"The attribute '{attribute}' of '{type.Name}' is no foreign key, so its type is not known.", $"Declare the foreign key on the server, or set {setting}.");
        }
        else if (!options.Resources.ContainsKey(end))
        {
            yield return new(path, $"The type '{end}', to which '{attribute}' refers, is not among Resources, so that there is no id to write.", "Add that type.");
        }
    }
}

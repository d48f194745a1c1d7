using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;

namespace Hermes.Http.Scim;

/// <summary>What does not fit between the options of a target and the types of its client.</summary>
internal static class TypeErrors
{
    public static IReadOnlyList<ConfigurationError> Of(ScimTargetOptions options, IReadOnlyList<TargetType> types) =>
        [.. options.Resources.SelectMany(resource => Of($"Target:Resources:{resource.Key}", resource.Key, resource.Value, options, types))];

    private static IEnumerable<ConfigurationError> Of(
        string path, string name, ScimTypeOptions options, ScimTargetOptions target, IReadOnlyList<TargetType> types)
    {
        if (types.FirstOrDefault(type => type.Name == name) is not { } type)
        {
            yield return new(path, $"The client has no data type '{name}'.", $"Use one of: {string.Join(", ", types.Select(known => known.Name))}.");
            yield break;
        }

        foreach (var local in options.Attributes.Keys.Where(local => !type.Attributes.Contains(local)))
        {
            yield return new(
                $"{path}:Attributes:{local}", $"The type '{name}' has no attribute '{local}'.", $"Map it in the client, or use one of: {string.Join(", ", type.Attributes)}.");
        }

        foreach (var (local, reference) in type.References.Where(reference => options.Attributes.ContainsKey(reference.Key)))
        {
            if (!target.Resources.ContainsKey(reference.Type))
            {
                yield return new(
                    $"{path}:Attributes:{local}",
                    $"The attribute refers to '{reference.Type}', which is not among Resources, so that there is no id to write.",
                    "Add that type, or remove the attribute.");
            }

            if (reference.IsList && ScimPath.TryParse(options.Attributes[local]) is { Type: not null } or { Part: not null, IsList: false })
                yield return new($"{path}:Attributes:{local}", "A list of references is written to an attribute as a whole.", "Write members.");
        }
    }
}

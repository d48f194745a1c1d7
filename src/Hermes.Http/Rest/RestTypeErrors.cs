using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.Http.Source;

namespace Hermes.Http.Rest;

/// <summary>What does not fit between the options of a target and the types of its client.</summary>
internal static class RestTypeErrors
{
    public static IEnumerable<ConfigurationError> Of(string name, RestTypeOptions options, RestTargetOptions target, IReadOnlyList<TargetType> types, ITemplateEngine engine)
    {
        var path = $"Target:Resources:{name}";
        if (types.FirstOrDefault(type => type.Name == name) is not { } type)
            return [new(path, $"The client has no data type '{name}'.", $"Use one of: {string.Join(", ", types.Select(known => known.Name))}.")];
        try
        {
            var layout = new RestLayout(type, options, engine);
            return [.. Attributes(path, options, type, target), .. Variables(path, layout, type), .. Lost(path, layout, target)];
        }
        catch (TemplateException wrong)
        {
            return [new(path, $"A template cannot be read: {wrong.Message}", "Correct it.")];
        }
    }

    private static IEnumerable<ConfigurationError> Attributes(string path, RestTypeOptions options, TargetType type, RestTargetOptions target)
    {
        foreach (var local in options.Attributes.Keys.Where(local => !type.Attributes.Contains(local)))
        {
            yield return new(
                $"{path}:Attributes:{local}", $"The type '{type.Name}' has no attribute '{local}'.", $"Map it in the client, or use one of: {string.Join(", ", type.Attributes)}.");
        }

        foreach (var (local, reference) in type.References.Where(reference => options.Attributes.ContainsKey(reference.Key) && !target.Resources.ContainsKey(reference.Value.Type)))
        {
            yield return new(
                $"{path}:Attributes:{local}",
                $"The attribute refers to '{reference.Type}', which is not among Resources, so that there is no link to write.",
                "Add that type, or remove the attribute.");
        }
    }

    private static IEnumerable<ConfigurationError> Variables(string path, RestLayout layout, TargetType type) =>
        from use in layout.Variables()
        where use.Variable != RestText.Id && !type.Attributes.Contains(use.Variable)
        select new ConfigurationError(
            $"{path}:{use.Setting}",
            $"The type '{type.Name}' has no attribute '{use.Variable}'.",
            $"Use one of: {string.Join(", ", type.Attributes)}, or {RestText.Id} for the id of the object.");

    // An object whose answer was lost must be found again, or be made under a name of its own.
    private static IEnumerable<ConfigurationError> Lost(string path, RestLayout layout, RestTargetOptions target)
    {
        var isFound = layout.Match.Count > 0 && (layout.Search is not null || target.Proof != ReadProof.NotChosen);
        if (isFound || target.IdempotencyHeader is not null || layout.Add.Method == HttpMethod.Put)
            yield break;
        yield return new(
            path,
            "An object of which the answer is lost could not be found again, and would be made twice.",
            "Map the key to an attribute (or set Match) and set Search, or Proof for reading all; or set IdempotencyHeader if the service knows one.");
    }
}

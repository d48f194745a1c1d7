using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Http.Webhook;

/// <summary>Which attributes of a type are told: those that are named, or all that are no secrets.</summary>
internal sealed class ToldAttributes(TargetType type, WebhookTypeOptions? options)
{
    private readonly HashSet<string>? _named = options is { Attributes.Count: > 0 } ? options.Attributes.ToHashSet(StringComparer.Ordinal) : null;
    private readonly HashSet<string> _secret = type.SecretAttributes.ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether an attribute is told.</summary>
    public bool Contains(string attribute) => _named?.Contains(attribute) ?? !_secret.Contains(attribute);

    /// <summary>What is told of an entry.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Of(Entry entry) => entry.Where(attribute => Contains(attribute.Key));

    /// <summary>What does not fit between the options and the types of the client.</summary>
    public static IReadOnlyList<ConfigurationError> Errors(WebhookTargetOptions options, IReadOnlyList<TargetType> types) =>
        [.. options.Types.SelectMany(told => Errors($"Target:Types:{told.Key}", told.Key, told.Value, types))];

    private static IEnumerable<ConfigurationError> Errors(string path, string name, WebhookTypeOptions options, IReadOnlyList<TargetType> types)
    {
        if (types.FirstOrDefault(type => type.Name == name) is not { } type)
            return [new(path, $"The client has no data type '{name}'.", $"Use one of: {string.Join(", ", types.Select(known => known.Name))}.")];
        return options.Attributes.Where(attribute => !type.Attributes.Contains(attribute)).Select(attribute => new ConfigurationError(
            $"{path}:Attributes",
            $"The type '{name}' has no attribute '{attribute}'.",
            $"Map it in the client, or use one of: {string.Join(", ", type.Attributes)}."));
    }
}

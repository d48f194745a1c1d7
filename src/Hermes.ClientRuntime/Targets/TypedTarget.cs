using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Targets;

/// <summary>A target composed of typed handlers, one per data type.</summary>
internal sealed class TypedTarget : IClientTarget
{
    private readonly string _path;
    private readonly Dictionary<string, TypedHandler> _handlers = new(StringComparer.Ordinal);

    /// <exception cref="HermesConfigurationException">Two handlers are for the same data type.</exception>
    public TypedTarget(string path, IReadOnlyList<TypedHandler> handlers)
    {
        _path = path;
        foreach (var handler in handlers)
        {
            if (!_handlers.TryAdd(handler.Type, handler))
                throw new HermesConfigurationException($"{path}:Target", $"The data type '{handler.Type}' has two handlers.", "Call Handle once for each data type.");
        }
    }

    public bool Handles(string type, TargetChangeKind kind) => _handlers.TryGetValue(type, out var handler) && handler.Handles(kind);

    /// <exception cref="HermesConfigurationException">
    /// A handler names no data type, or its record cannot be bound; holds all that is wrong.
    /// </exception>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        var errors = new List<ConfigurationError>();
        foreach (var handler in _handlers.Values)
        {
            if (types.FirstOrDefault(type => string.Equals(type.Name, handler.Type, StringComparison.Ordinal)) is { } type)
            {
                errors.AddRange(handler.Bind(type, $"{_path}:DataTypes:{type.Name}"));
            }
            else
            {
                errors.Add(new(
                    $"{_path}:DataTypes",
                    $"There is a handler for '{handler.Type}', which is not a data type of the client.",
                    "Add the data type, or remove the handler."));
            }
        }

        return errors.Count == 0 ? ValueTask.CompletedTask : throw new HermesConfigurationException(errors);
    }

    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) =>
        _handlers[change.Type].ApplyAsync(change, context, cancellationToken);
}

using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Templates;

/// <summary>The arguments of a filter: by position, then by name.</summary>
/// <param name="positional">The arguments given by position.</param>
/// <param name="named">The arguments given by name.</param>
public sealed class FilterArguments(IReadOnlyList<Value> positional, IReadOnlyDictionary<string, Value> named)
{
    /// <summary>The arguments given by position.</summary>
    public IReadOnlyList<Value> Positional { get; } = positional;

    /// <summary>The arguments given by name.</summary>
    public IReadOnlyDictionary<string, Value> Named { get; } = named;

    /// <summary>An argument by its position or else its name, or a default.</summary>
    public Value Get(int position, string name, Value defaultValue) =>
        position < Positional.Count ? Positional[position] : Named.TryGetValue(name, out var value) ? value : defaultValue;

    /// <summary>An argument by its position or else its name.</summary>
    /// <exception cref="ArgumentException">It was not given.</exception>
    public Value Require(int position, string name) =>
        position < Positional.Count ? Positional[position]
        : Named.TryGetValue(name, out var value) ? value
        : throw new ArgumentException($"The argument '{name}' is missing.");
}

using Hermes.Abstractions.Data;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Source;

/// <summary>The variables of an operation: some have a meaning of their own, all others are values for placeholders.</summary>
internal sealed class OperationVariables(IReadOnlyDictionary<string, Value> variables)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>A text, or null if the variable is not there.</summary>
    /// <exception cref="FormatException">It is not a text.</exception>
    public string? TakeText(string name)
    {
        if (Take(name) is not { } value)
            return null;
        return value.TryGetString(out var text) ? text : throw new FormatException($"The variable '{name}' must be a text.");
    }

    /// <summary>A text.</summary>
    /// <exception cref="FormatException">It is not there, or not a text.</exception>
    public string TakeRequiredText(string name) => TakeText(name) ?? throw new FormatException($"The variable '{name}' is missing.");

    /// <summary>One text or a list of texts, or null if the variable is not there.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public IReadOnlyList<string>? TakeTexts(string name)
    {
        if (Take(name) is not { } value)
            return null;
        if (value.TryGetString(out var text))
            return [text];
        if (value.Kind == ValueKind.List && value.AsList().All(item => item.Kind == ValueKind.String))
            return [.. value.AsList().Select(item => item.AsString())];
        throw new FormatException($"The variable '{name}' must be a list of texts.");
    }

    /// <summary>A map of attributes; empty if the variable is not there.</summary>
    /// <exception cref="FormatException">It is not a map.</exception>
    public ValueMap TakeMap(string name)
    {
        if (Take(name) is not { IsSet: true } value)
            return ValueMap.Empty;
        return value.Kind == ValueKind.Map ? value.AsMap() : throw new FormatException($"The variable '{name}' must be a map from attribute names to values.");
    }

    /// <summary>As <see cref="TakeMap"/>; a list of attribute names stands for those attributes with all their values.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public ValueMap TakeMapOrNames(string name) => variables.TryGetValue(name, out var value) && value.Kind != ValueKind.Map && value.IsSet
        ? ValueMap.Create(TakeTexts(name)!.Select(attribute => KeyValuePair.Create(attribute, Value.Null)))
        : TakeMap(name);

    /// <summary>Puts values into a filter, escaped.</summary>
    public string BindFilter(string filter) => Placeholders.InFilter(filter, variables, _used);

    /// <summary>Puts values into a DN, escaped.</summary>
    public string BindName(string dn) => Placeholders.InName(dn, variables, _used);

    /// <summary>Refuses variables that nothing uses, since they are most likely misspelt.</summary>
    /// <exception cref="FormatException">There is one.</exception>
    public void RefuseUnused()
    {
        if (variables.Keys.FirstOrDefault(name => !_used.Contains(name)) is { } unused)
            throw new FormatException($"The variable '{unused}' is used nowhere. Remove it, or use it as '{{{unused}}}'.");
    }

    private Value? Take(string name)
    {
        if (!variables.TryGetValue(name, out var value))
            return null;
        _used.Add(name);
        return value;
    }
}

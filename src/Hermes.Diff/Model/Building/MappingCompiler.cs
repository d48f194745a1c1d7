using System.Collections.Immutable;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Mapping;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model.Building;

/// <summary>Checks and compiles the mapping of one source.</summary>
internal sealed class MappingCompiler(
    string path,
    IDictionary<string, MappingOptions> mapping,
    ImmutableArray<TypeAttribute> attributes,
    ImmutableArray<string> key,
    ErrorList errors)
{
    /// <summary>The remote attributes that the mapping reads, in ordinal order. Known when <see cref="Compile"/> has run.</summary>
    public ImmutableArray<string> RemoteAttributes { get; private set; } = [];

    public ImmutableArray<AttributeMapping> Compile()
    {
        if (mapping.Count == 0)
            errors.Add(path, "The source maps no attributes.", "Map at least the key.");

        var parsed = mapping
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, Part: Parse(pair.Key, pair.Value)))
            .ToList();
        RemoteAttributes = [.. parsed.SelectMany(item => item.Part.Remote).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var targets = attributes.Select((attribute, index) => (attribute.Name, index)).ToDictionary(StringComparer.Ordinal);
        return [.. parsed.Select(item => item.Part.Bind(targets[item.Key], IndexOf))];
    }

    private int IndexOf(string remote) => RemoteAttributes.BinarySearch(remote, StringComparer.Ordinal);

    private Part Parse(string attribute, MappingOptions? value)
    {
        var where = $"{path}:{attribute}";
        if (string.IsNullOrWhiteSpace(attribute))
            errors.Add(path, "An attribute has no name.", "Give it one.");

        switch (value)
        {
            case TextMapping { Text: { } text } when errors.IsTemplate(text):
                return errors.CompileExpression(where, text) is { } template ? Parse(attribute, template, where) : Part.Nothing;
            case TextMapping { Text: { } text } when !string.IsNullOrWhiteSpace(text):
                return new Part([text], (target, index) => new ColumnMapping(target, index(text)));
            case ListMapping { Names: { Count: > 0 } names } when !names.Any(string.IsNullOrWhiteSpace):
                return new Part(names, (target, index) => new CombinedMapping(target, [.. names.Select(index)]));
            case FunctionMapping { Names: { } names, Function: { } function } when !names.Any(string.IsNullOrWhiteSpace):
                return new Part(names, (target, index) => new DelegateMapping(target, function, [.. names.Select(index)]));
            default:
                errors.Add(
                    where,
                    "The attribute is mapped to nothing.",
                    "Write the name of a remote attribute, a list of names, or a template.");
                return Part.Nothing;
        }
    }

    private Part Parse(string attribute, ITemplate template, string where)
    {
        foreach (var variable in template.Variables)
        {
            if (variable == TemplateVariables.ItemCachedValues && key.Contains(attribute))
                errors.Add(
                    where,
                    $"The key cannot be made of {variable}: the cached entry is found by the key.",
                    "Use remote attributes only.");
            else if (variable != TemplateVariables.ItemCachedValues && TemplateVariables.IsReserved(variable))
                errors.Add(
                    where,
                    $"The template reads {variable}, which mappings do not have.",
                    $"Use remote attributes and {TemplateVariables.ItemCachedValues}.");
        }

        return new Part(
            [.. template.Variables.Where(variable => variable != TemplateVariables.ItemCachedValues)],
            (target, index) => new TemplateMapping(
                target, template, [.. template.Variables.Select(variable => Argument(variable, index))]));

        static int Argument(string variable, Func<string, int> index) =>
            variable == TemplateVariables.ItemCachedValues ? TemplateMapping.CachedEntry : index(variable);
    }

    /// <summary>A mapping whose remote attributes are named, but not numbered yet.</summary>
    private sealed record Part(IReadOnlyList<string> Remote, Func<int, Func<string, int>, AttributeMapping> Bind)
    {
        /// <summary>Stands where an error was found.</summary>
        public static Part Nothing { get; } = new([], (target, _) => new CombinedMapping(target, []));
    }
}

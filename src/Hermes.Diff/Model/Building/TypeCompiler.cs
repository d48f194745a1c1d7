using System.Collections.Immutable;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model.Building;

/// <summary>Checks and compiles one data type.</summary>
internal sealed class TypeCompiler(
    ServerModelOptions model, int index, ImmutableArray<string> typeNames, string path, IReadOnlySet<string>? dataSources, ErrorList errors)
{
    private readonly DataTypeOptions _options = model.DataTypes[index];

    /// <summary>The type; of use only if no error was found.</summary>
    public DataType Compile()
    {
        var attributes = AttributeRoles.Of(_options);
        var key = CheckKey(attributes);
        var sources = CompileSources(attributes, key);
        return new DataType(_options.Name ?? "", index, key, attributes, sources, CompileDisplay(attributes))
        {
            OnMergeConflict = _options.OnMergeConflict,
            ForeignKeys = _options.ForeignKeys.ToImmutableSortedDictionary(
                pair => pair.Key, pair => new ParentKey(pair.Value.Type ?? "", pair.Value.Attribute ?? ""), StringComparer.Ordinal),
            IntegrityConstraints = CompileIntegrityConstraints(attributes),
        };
    }

    private ImmutableArray<string> CheckKey(ImmutableArray<TypeAttribute> attributes)
    {
        if (_options.Key.Count == 0)
            errors.Add($"{path}:Key", "The data type has no key.", "Name the attribute or attributes that tell its entries apart.");
        if (_options.Key.Distinct(StringComparer.Ordinal).Count() != _options.Key.Count)
            errors.Add($"{path}:Key", "The key has the same attribute twice.", "Name each once.");

        foreach (var name in _options.Key)
        {
            var attribute = attributes.FirstOrDefault(candidate => candidate.Name == name);
            if (attribute is not null && (attribute.Role != AttributeRole.Sent || attribute.IsSensitive))
                errors.Add(
                    $"{path}:Key",
                    $"'{name}' is part of the key and declared secret, cache-only or local.",
                    "A key is always cached and sent: take it off that list.");
        }

        return [.. _options.Key.Where(name => attributes.Any(attribute => attribute.Name == name)).Distinct(StringComparer.Ordinal)];
    }

    private ImmutableArray<TypeSource> CompileSources(ImmutableArray<TypeAttribute> attributes, ImmutableArray<string> key)
    {
        if (_options.Sources.Count == 0)
            errors.Add($"{path}:Sources", "The data type has no sources.", "Add at least one.");

        var names = _options.Sources.Select(source => source.Name ?? source.Source ?? "").ToImmutableArray();
        var sources = ImmutableArray.CreateBuilder<TypeSource>(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            var compiler = new SourceCompiler(_options, i, names, $"{path}:Sources:{i}", attributes, key, errors)
            {
                TypeNames = typeNames,
                TypeIndex = index,
                DataSources = dataSources,
                TruncateDateTimes = model.TruncateDateTimesToSeconds,
                MaxValueLength = model.MaxValueLength,
            };
            sources.Add(compiler.Compile());
        }

        return sources.ToImmutable();
    }

    private ImmutableArray<ITemplate> CompileIntegrityConstraints(ImmutableArray<TypeAttribute> attributes) =>
        ConstraintCompiler.Compile($"{path}:IntegrityConstraints", _options.IntegrityConstraints, typeNames, "type", attributes, errors);

    private ITemplate? CompileDisplay(ImmutableArray<TypeAttribute> attributes)
    {
        if (_options.ToStringTemplate is not { Length: > 0 } text)
            return null;

        var where = $"{path}:ToString";
        var template = errors.Compile(where, text);
        IEnumerable<string> self = template.MembersOf(TemplateVariables.Self) ?? new HashSet<string>();
        foreach (var name in template.Variables.Where(name => name != TemplateVariables.Self).Concat(self))
        {
            var attribute = attributes.FirstOrDefault(candidate => candidate.Name == name);
            if (attribute is null)
                errors.Add(where, $"The template reads '{name}', which is no attribute of the type.", "Use attributes of the type.");
            else if (attribute.IsSensitive)
                errors.Add(
                    where,
                    $"The template reads the secret attribute '{name}'.",
                    "Use other attributes: what is made here is shown in logs and mail.");
        }

        return template;
    }
}

/// <summary>
/// Unites what the sources of a type say about its attributes: what one source calls secret, cache-only or local is so for the type.
/// </summary>
internal static class AttributeRoles
{
    public static ImmutableArray<TypeAttribute> Of(DataTypeOptions options)
    {
        var secret = options.Sources.SelectMany(source => source.SecretAttributes).ToHashSet(StringComparer.Ordinal);
        var cacheOnly = options.Sources.SelectMany(source => source.CacheOnlyAttributes).ToHashSet(StringComparer.Ordinal);
        var local = options.Sources.SelectMany(source => source.LocalAttributes).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. options.Sources
                .SelectMany(source => source.Mapping.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new TypeAttribute(name, RoleOf(name), secret.Contains(name))),
        ];

        AttributeRole RoleOf(string name) => local.Contains(name) ? AttributeRole.Local
            : secret.Contains(name) ? AttributeRole.Secret
            : cacheOnly.Contains(name) ? AttributeRole.CacheOnly
            : AttributeRole.Sent;
    }
}

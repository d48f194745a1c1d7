using System.Collections.Immutable;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model.Building;

/// <summary>Checks and compiles one source of a data type.</summary>
internal sealed class SourceCompiler(
    DataTypeOptions type,
    int index,
    ImmutableArray<string> names,
    string path,
    ImmutableArray<TypeAttribute> attributes,
    ImmutableArray<string> key,
    ErrorList errors)
{
    private readonly TypeSourceOptions _options = type.Sources[index];

    public required ImmutableArray<string> TypeNames { get; init; }

    public required int TypeIndex { get; init; }

    public required IReadOnlySet<string>? DataSources { get; init; }

    public required bool TruncateDateTimes { get; init; }

    public required int MaxValueLength { get; init; }

    /// <summary>The source; of use only if no error was found.</summary>
    public TypeSource Compile()
    {
        CheckName();
        CheckRoles();
        CheckKey();
        var mappings = new MappingCompiler($"{path}:Mapping", _options.Mapping, attributes, key, errors);
        var operations = new OperationCompiler(errors, TypeNames, TypeIndex);
        if (_options.CommitOne is not null && _options.CommitAll is not null)
            errors.Add(path, "The source has both CommitOne and CommitAll.", "Keep one of them.");
        if (index == 0 && _options.KeyMergeConstraint != KeyMergeConstraint.None)
            errors.Warn(
                $"{path}:KeyMergeConstraint",
                "The first source has nothing to be compared with, so its key merge constraint does nothing.",
                "Move it to a later source.");

        if (_options.ExpectAtLeast < 0)
            errors.Add($"{path}:ExpectAtLeast", $"A source cannot have {_options.ExpectAtLeast} rows at least.", "Give a number of rows, or 0 for any.");

        ImmutableArray<string> ofOne = [TemplateVariables.ItemCachedValues, TemplateVariables.ItemFetchedValues];
        ImmutableArray<string> ofAll = [TemplateVariables.CachedValues, TemplateVariables.FetchedValues];
        return new TypeSource(index, names[index], _options.Source ?? "")
        {
            Mappings = mappings.Compile(),
            RemoteAttributes = mappings.RemoteAttributes,
            Fetch = operations.CompileFetch($"{path}:Fetch", _options.Fetch),
            CommitOne = operations.CompileCommit($"{path}:CommitOne", _options.CommitOne, ofOne),
            CommitAll = operations.CompileCommit($"{path}:CommitAll", _options.CommitAll, ofAll),
            KeyMergeConstraint = _options.KeyMergeConstraint,
            OnBadRow = _options.OnBadRow,
            ExpectAtLeast = _options.ExpectAtLeast,
            MergeConstraints = ConstraintCompiler.Compile(
                $"{path}:MergeConstraints", _options.MergeConstraints, names, "source", attributes, errors),
            TruncateDateTimes = TruncateDateTimes,
            MaxValueLength = MaxValueLength,
        };
    }

    private void CheckName()
    {
        if (string.IsNullOrEmpty(_options.Source))
            errors.Add($"{path}:Source", "The source does not say which data source it reads.", "Name a data source.");
        else if (DataSources is not null && !DataSources.Contains(_options.Source))
        {
            var known = string.Join(", ", DataSources.Order(StringComparer.Ordinal));
            errors.Add($"{path}:Source", $"There is no data source '{_options.Source}'.", $"Use one of: {known}; or add it.");
        }

        if (names[index].Length > 0 && names.IndexOf(names[index]) < index)
            errors.Add(
                $"{path}:Name",
                $"Another source of the type is named '{names[index]}' as well.",
                "Give this one a Name of its own.");
        if (TemplateVariables.IsReserved(names[index]))
            errors.Add($"{path}:Name", $"'{names[index]}' means something else in templates.", "Give the source another Name.");
    }

    private void CheckRoles()
    {
        CheckKnown("SecretAttributes", _options.SecretAttributes);
        CheckKnown("CacheOnlyAttributes", _options.CacheOnlyAttributes);
        CheckKnown("LocalAttributes", _options.LocalAttributes);

        foreach (var name in _options.CacheOnlyAttributes)
        {
            if (type.Sources.Any(source => source.SecretAttributes.Contains(name)))
                errors.Add(
                    $"{path}:CacheOnlyAttributes",
                    $"'{name}' is declared secret as well, and secrets are never cached.",
                    "Take it off one of the lists.");
            if (type.Sources.Any(source => source.LocalAttributes.Contains(name)))
                errors.Add(
                    $"{path}:CacheOnlyAttributes",
                    $"'{name}' is declared local as well, and local attributes are never cached.",
                    "Take it off one of the lists.");
        }
    }

    private void CheckKnown(string list, IList<string> listed)
    {
        foreach (var name in listed.Where(name => name is null || !_options.Mapping.ContainsKey(name)))
            errors.Add($"{path}:{list}", $"'{name}' is not mapped by this source.", "Map it, or take it off the list.");
    }

    private void CheckKey()
    {
        foreach (var name in type.Key.Where(name => name is null || !_options.Mapping.ContainsKey(name)))
            errors.Add(
                $"{path}:Mapping",
                $"The source does not map '{name}', which is part of the key.",
                "Map it: every source maps the whole key.");
    }
}

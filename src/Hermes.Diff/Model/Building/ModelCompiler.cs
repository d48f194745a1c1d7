using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model.Building;

/// <summary>Checks and compiles a whole data model.</summary>
internal sealed partial class ModelCompiler(
    ServerModelOptions options, ITemplateEngine engine, string path, IReadOnlySet<string>? dataSources)
{
    private readonly ErrorList _errors = new(engine);

    /// <summary>
    /// The model, or null if errors were found; they are added to <paramref name="errors"/> in the order of the configuration.
    /// </summary>
    public ServerModel? Compile(ICollection<ConfigurationError> errors)
    {
        CheckNames();
        var names = options.DataTypes.Select(type => type.Name ?? "").ToImmutableArray();
        var types = ImmutableArray.CreateBuilder<DataType>(names.Length);
        for (var i = 0; i < names.Length; i++)
            types.Add(new TypeCompiler(options, i, names, PathOf(i), dataSources, _errors).Compile());

        ForeignKeyCheck.Check(types, PathOf, _errors);
        foreach (var error in _errors.Errors)
            errors.Add(error);
        return _errors.Errors.Count == 0 ? new ServerModel(types.ToImmutable(), [.. _errors.Warnings]) : null;
    }

    private void CheckNames()
    {
        if (options.DataTypes.Count == 0)
            _errors.Add(PathOf(), "The server has no data types.", "Add at least one.");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.DataTypes.Count; i++)
        {
            var name = options.DataTypes[i].Name ?? "";
            var where = $"{PathOf(i)}:Name";
            if (name.Length == 0)
                _errors.Add(where, "The data type has no name.", "Give it one.");
            else if (!Identifier().IsMatch(name))
                _errors.Add(
                    where,
                    $"'{name}' cannot name a data type.",
                    "Use letters, digits and underscores, with a letter first: templates use the name.");
            else if (TemplateVariables.IsReserved(name) || name.EndsWith(TemplateVariables.KeysSuffix, StringComparison.Ordinal))
                _errors.Add(where, $"'{name}' means something else in templates.", "Choose another name.");
            else if (!seen.Add(name))
                _errors.Add(where, $"Another data type is named '{name}' as well.", "Give each its own name.");
        }
    }

    private string PathOf() => path.Length == 0 ? "DataTypes" : $"{path}:DataTypes";

    private string PathOf(int type) => $"{PathOf()}:{type}";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}

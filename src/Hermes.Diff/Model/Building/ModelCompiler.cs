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

/// <summary>Checks that foreign keys point to the whole keys of parents, and in no circle.</summary>
internal static class ForeignKeyCheck
{
    public static void Check(IReadOnlyList<DataType> types, Func<int, string> pathOf, ErrorList errors)
    {
        foreach (var type in types)
        {
            foreach (var (attribute, parent) in type.ForeignKeys)
                Check(types, type, attribute, parent, $"{pathOf(type.Index)}:ForeignKeys:{attribute}", errors);
        }

        foreach (var type in types)
        {
            if (CircleFrom(type, types) is { } circle)
            {
                errors.Add(
                    $"{pathOf(type.Index)}:ForeignKeys",
                    $"The foreign keys go round in a circle: {string.Join(" -> ", circle)}.",
                    "Remove one of them: a parent cannot depend on its child.");
            }
        }
    }

    private static void Check(
        IReadOnlyList<DataType> types, DataType type, string attribute, ParentKey parent, string path, ErrorList errors)
    {
        if (!type.Key.Contains(attribute))
            errors.Add(
                path,
                $"'{attribute}' is not part of the key of {type.Name} ({string.Join(", ", type.Key)}).",
                "Use an attribute of the key.");

        var target = types.FirstOrDefault(candidate => candidate.Name == parent.Type);
        if (target is null)
            errors.Add(
                path,
                $"There is no data type '{parent.Type}'.",
                $"Use one of: {string.Join(", ", types.Select(candidate => candidate.Name))}.");
        else if (target.Key.Length != 1 || target.Key[0] != parent.Attribute)
            errors.Add(
                path,
                $"'{parent.Attribute}' is not the whole key of {target.Name} ({string.Join(", ", target.Key)}).",
                "Point to a parent with a key of one attribute.");
        else if (target.Index > type.Index)
            errors.Warn(
                path,
                $"{type.Name} is declared before its parent {target.Name}, so clients see children first.",
                $"Declare {target.Name} first.");
    }

    /// <summary>The way from a type back to itself; told only by the first type on it, so that one circle is one error.</summary>
    private static List<string>? CircleFrom(DataType start, IReadOnlyList<DataType> types)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var way = new List<string> { start.Name };
        return Walk(start) ? way : null;

        bool Walk(DataType type)
        {
            foreach (var parent in type.ForeignKeys.Values)
            {
                way.Add(parent.Type);
                if (parent.Type == start.Name)
                    return true;
                var next = types.FirstOrDefault(candidate => candidate.Name == parent.Type);
                if (next is not null && next.Index > start.Index && visited.Add(next.Name) && Walk(next))
                    return true;
                way.RemoveAt(way.Count - 1);
            }

            return false;
        }
    }
}

namespace Hermes.Diff.Model.Building;

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

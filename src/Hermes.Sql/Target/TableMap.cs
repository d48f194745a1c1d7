using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Target;

/// <summary>Where the attributes of a data type go.</summary>
/// <param name="Type">The data type.</param>
/// <param name="Table">The table, with its schema if it has one.</param>
/// <param name="Key">The columns of the key, part by part; empty while the server's schema is not known.</param>
/// <param name="KeyAttributes">The attributes of the key, part by part.</param>
/// <param name="Attributes">The other attributes and their columns.</param>
/// <param name="Ignored">The attributes that have no column.</param>
/// <param name="TrashedColumn">The column that marks trashed rows, or null.</param>
/// <param name="Secrets">The attributes that an entry lacks while they do not change.</param>
internal sealed record TableMap(
    string Type,
    string Table,
    IReadOnlyList<string> Key,
    IReadOnlyList<string> KeyAttributes,
    IReadOnlyList<(string Attribute, string Column)> Attributes,
    IReadOnlyCollection<string> Ignored,
    string? TrashedColumn,
    IReadOnlyCollection<string> Secrets)
{
    /// <summary>Maps a type as the options say.</summary>
    /// <exception cref="TargetException">A part of the key has no attribute, or two attributes have the same column.</exception>
    public static TableMap Of(TargetType type, TableTargetOptions options)
    {
        string Column(string attribute) => options.Columns.TryGetValue($"{type.Name}.{attribute}", out var column) ? column : attribute;

        if (type.Key.Contains(""))
        {
            throw new TargetException(
                $"The table target cannot find rows of the type '{type.Name}': a part of its key is not mapped to an attribute as it is. Map it.",
                    FaultKind.Permanent);
        }

        string[] ignored = [.. type.Attributes.Where(attribute => options.Ignored.Contains($"{type.Name}.{attribute}"))];
        var attributes = type.Attributes
            .Where(attribute => !type.Key.Contains(attribute) && !ignored.Contains(attribute))
            .Select(attribute => (attribute, Column(attribute)))
            .ToArray();
        string[] key = [.. type.Key.Select(Column)];
        var trashed = options.Trashed == TrashedRows.Flag ? options.TrashedColumn : null;
        var columns = attributes.Select(pair => pair.Item2).Concat(key).Append(trashed);
        if (columns.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: { } twice })
        {
            throw new TargetException($"Two attributes of the type '{type.Name}' go to the column '{twice}'. Correct Columns or TrashedColumn.",
                FaultKind.Permanent);
        }

        var table = options.Tables.TryGetValue(type.Name, out var named) ? named : type.Name;
        return new TableMap(type.Name, table, key, type.Key, attributes, ignored, trashed, type.SecretAttributes);
    }

    /// <summary>The table as it is written in a statement.</summary>
    public string QuotedTable(Dialect dialect) => string.Join('.', Table.Split('.').Select(dialect.Quote));

    /// <summary>The cells of an entry's row without its key: every column, set or not, but for secrets that the entry does not have.</summary>
    public IEnumerable<(string Column, Value Value)> Row(Entry entry)
    {
        foreach (var (attribute, column) in Attributes)
        {
            if (entry.ContainsKey(attribute) || !Secrets.Contains(attribute))
                yield return (column, entry.Get(attribute));
        }

        if (TrashedColumn is not null)
            yield return (TrashedColumn, false);
    }

    /// <summary>
    /// What a change removes that the client's data model no longer has: where there is such a column, it is to be emptied, or it would keep what nobody tells of any more.
    /// </summary>
    public IEnumerable<string> Dropped(EntryModified change) => change.Changes.Removed.Where(name =>
        !Ignored.Contains(name) && !KeyAttributes.Contains(name) && !Attributes.Any(known => string.Equals(known.Attribute, name, StringComparison.Ordinal)));

    /// <summary>The cells that a change is about.</summary>
    public IEnumerable<(string Column, Value Value)> Changed(EntryModified change)
    {
        foreach (var (attribute, column) in Attributes)
        {
            if (change.Changes.Touches(attribute))
                yield return (column, change.Entry.Get(attribute));
        }
    }
}

using Hermes.Events.Schema;

namespace Hermes.ServerRuntime.Schema;

/// <summary>Says in words how two data schemas differ.</summary>
internal static class SchemaDifference
{
    public static IReadOnlyList<string> Describe(DataSchema old, DataSchema current)
    {
        var lines = new List<string>();
        lines.AddRange(old.Types.Where(type => !current.TryGetType(type.Name, out _)).Select(type => $"type {type.Name} dropped"));
        foreach (var type in current.Types)
        {
            if (old.TryGetType(type.Name, out var before))
                Describe(before, type, lines);
            else
                lines.Add($"type {type.Name} added");
        }

        if (lines.Count == 0)
            lines.Add("order of the types changed");
        return lines;
    }

    private static void Describe(TypeSchema old, TypeSchema current, List<string> lines)
    {
        Compare(old.Attributes, current.Attributes, "attribute");
        Compare(old.SecretAttributes, current.SecretAttributes, "secret attribute");
        if (!old.Key.SequenceEqual(current.Key, StringComparer.Ordinal))
            lines.Add($"type {current.Name}: key changed from ({string.Join(", ", old.Key)}) to ({string.Join(", ", current.Key)})");
        if (!old.ForeignKeys.SequenceEqual(current.ForeignKeys))
            lines.Add($"type {current.Name}: foreign keys changed");

        void Compare(IEnumerable<string> before, IEnumerable<string> after, string what)
        {
            lines.AddRange(before.Except(after, StringComparer.Ordinal).Select(name => $"type {current.Name}: {what} {name} dropped"));
            lines.AddRange(after.Except(before, StringComparer.Ordinal).Select(name => $"type {current.Name}: {what} {name} added"));
        }
    }
}

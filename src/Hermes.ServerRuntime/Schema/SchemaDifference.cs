using Hermes.Events.Schema;

namespace Hermes.ServerRuntime.Schema;

/// <summary>How two data schemas differ. Pure.</summary>
internal static class SchemaDifference
{
    /// <summary>In words.</summary>
    public static IReadOnlyList<string> Describe(DataSchema old, DataSchema current) => [.. Between(old, current).Select(change => change.Text)];

    public static IReadOnlyList<SchemaPart> Between(DataSchema old, DataSchema current)
    {
        var changes = new List<SchemaPart>();
        changes.AddRange(old.Types
            .Where(type => !current.TryGetType(type.Name, out _))
            .Select(type => new SchemaPart(SchemaPartKind.DroppedType, type.Name, null, $"type {type.Name} dropped")));
        foreach (var type in current.Types)
        {
            if (old.TryGetType(type.Name, out var before))
                Compare(before, type, changes);
            else
                changes.Add(new SchemaPart(SchemaPartKind.Other, type.Name, null, $"type {type.Name} added"));
        }

        if (changes.Count == 0)
            changes.Add(new SchemaPart(SchemaPartKind.Other, null, null, "order of the types changed"));
        return changes;
    }

    private static void Compare(TypeSchema old, TypeSchema current, List<SchemaPart> changes)
    {
        Attributes(old.Attributes, current.Attributes, "attribute", SchemaPartKind.DroppedAttribute);
        Attributes(old.SecretAttributes, current.SecretAttributes, "secret attribute", SchemaPartKind.Other);
        if (!old.Key.SequenceEqual(current.Key, StringComparer.Ordinal))
        {
            var text = $"type {current.Name}: key changed from ({string.Join(", ", old.Key)}) to ({string.Join(", ", current.Key)})";
            changes.Add(new SchemaPart(SchemaPartKind.ChangedKey, current.Name, null, text));
        }

        if (!old.ForeignKeys.SequenceEqual(current.ForeignKeys))
            changes.Add(new SchemaPart(SchemaPartKind.Other, current.Name, null, $"type {current.Name}: foreign keys changed"));

        void Attributes(IEnumerable<string> before, IEnumerable<string> after, string what, SchemaPartKind dropped)
        {
            changes.AddRange(before.Except(after, StringComparer.Ordinal)
                .Select(name => new SchemaPart(dropped, current.Name, name, $"type {current.Name}: {what} {name} dropped")));
            changes.AddRange(after.Except(before, StringComparer.Ordinal)
                .Select(name => new SchemaPart(SchemaPartKind.Other, current.Name, name, $"type {current.Name}: {what} {name} added")));
        }
    }
}

/// <summary>One difference between two data schemas.</summary>
internal sealed record SchemaPart(SchemaPartKind Kind, string? Type, string? Attribute, string Text);

/// <summary>What may be lost by a difference.</summary>
internal enum SchemaPartKind
{
    /// <summary>Nothing.</summary>
    Other,

    /// <summary>All entries of a type.</summary>
    DroppedType,

    /// <summary>An attribute.</summary>
    DroppedAttribute,

    /// <summary>The keys by which entries were known.</summary>
    ChangedKey,
}

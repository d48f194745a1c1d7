using System.Collections.Immutable;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>What differs between two data schemas of the server. Pure data.</summary>
/// <param name="Gone">Types that are gone.</param>
/// <param name="New">Types that are new.</param>
/// <param name="Rekeyed">Types, as they are now, whose key changed.</param>
/// <param name="NewSecrets">Types, as they are now, that have attributes which became secret.</param>
internal sealed record SchemaDifference(
    ImmutableArray<TypeSchema> Gone, ImmutableArray<TypeSchema> New, ImmutableArray<TypeSchema> Rekeyed, ImmutableArray<TypeSchema> NewSecrets)
{
    public static SchemaDifference Between(DataSchema before, DataSchema after)
    {
        var kept = after.Types
            .Where(type => before.TryGetType(type.Name, out _))
            .Select(type => (Now: type, Was: before.TryGetType(type.Name, out var was) ? was : type))
            .ToArray();
        return new SchemaDifference(
            [.. before.Types.Where(type => !after.TryGetType(type.Name, out _))],
            [.. after.Types.Where(type => !before.TryGetType(type.Name, out _))],
            [.. kept.Where(type => !type.Now.Key.SequenceEqual(type.Was.Key, StringComparer.Ordinal)).Select(type => type.Now)],
            [.. kept.Where(type => type.Now.SecretAttributes.Except(type.Was.SecretAttributes, StringComparer.Ordinal).Any()).Select(type => type.Now)]);
    }

    /// <summary>A schema as lines of text, for notifications.</summary>
    public static IReadOnlyList<string> Describe(DataSchema schema) =>
    [
        .. schema.Types.Select(type =>
            $"{type.Name}: key {string.Join(" + ", type.Key)}; attributes {string.Join(", ", type.Attributes)}"
            + (type.SecretAttributes.IsEmpty ? "" : $"; secret {string.Join(", ", type.SecretAttributes)}")
            + string.Concat(type.ForeignKeys.Select(key => $"; {key.Key} refers to {key.Value.ParentType}.{key.Value.ParentAttribute}"))),
    ];
}

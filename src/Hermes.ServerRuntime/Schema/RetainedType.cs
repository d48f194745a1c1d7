using System.Collections.Immutable;
using Hermes.Events.Schema;
using Hermes.ServerRuntime.Guard;

namespace Hermes.ServerRuntime.Schema;

/// <summary>A type that has left the data model, and whose entries stay until their removal is approved: clients are told nothing of it.</summary>
/// <param name="Schema">The type as clients know it.</param>
/// <param name="Set">Its entries.</param>
/// <param name="First">The first of them, as text.</param>
internal sealed record RetainedType(TypeSchema Schema, HeldSet Set, ImmutableArray<string> First)
{
    /// <summary>The schema that clients are told: that of the data model, and after it what is retained.</summary>
    public static DataSchema Join(DataSchema model, IReadOnlyList<RetainedType> retained)
    {
        if (retained.Count == 0)
            return model;
        var all = new DataSchema([.. model.Types, .. retained.Select(type => type.Schema)]);
        return new DataSchema([.. model.Types, .. retained.Select(type => type.Schema with
        {
            ForeignKeys = type.Schema.ForeignKeys
                .Where(item => all.TryGetType(item.Value.ParentType, out var parent) && parent.Key.Contains(item.Value.ParentAttribute))
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
        })]);
    }
}

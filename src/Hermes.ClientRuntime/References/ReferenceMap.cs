using System.Collections.Frozen;
using System.Collections.Immutable;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Mapping;

namespace Hermes.ClientRuntime.References;

/// <summary>Which attributes of which types refer to which types.</summary>
internal sealed class ReferenceMap(IEnumerable<LocalType> types)
{
    private readonly FrozenDictionary<string, ImmutableSortedDictionary<string, TargetReference>> _byType = types
        .Where(type => !type.References.IsEmpty)
        .ToFrozenDictionary(type => type.Name, type => type.References, StringComparer.Ordinal);

    private readonly FrozenSet<string> _referenced =
        types.SelectMany(type => type.References.Values).Select(reference => reference.Type).ToFrozenSet(StringComparer.Ordinal);

    public static ReferenceMap Empty { get; } = new([]);

    public bool IsEmpty => _byType.Count == 0;

    /// <summary>The attributes of a type that refer; none if it has none.</summary>
    public ImmutableSortedDictionary<string, TargetReference> Of(string type) =>
        _byType.GetValueOrDefault(type, ImmutableSortedDictionary<string, TargetReference>.Empty);

    /// <summary>Whether entries of a type are referred to.</summary>
    public bool IsReferenced(string type) => _referenced.Contains(type);

    /// <summary>Whether a type refers, or is referred to.</summary>
    public bool Concerns(string type) => !IsEmpty && (_byType.ContainsKey(type) || IsReferenced(type));
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>What differs between the data model that the state was built with and the one of this start. Pure data.</summary>
/// <param name="Gone">Local types that are gone, or are fed by another remote type now.</param>
/// <param name="New">Local types that are new, or are fed by another remote type now.</param>
/// <param name="Changed">Local types with the attributes whose mapping is new, gone or different.</param>
internal sealed record ModelDifference(
    ImmutableArray<string> Gone, ImmutableArray<string> New, ImmutableSortedDictionary<string, FrozenSet<string>> Changed)
{
    public bool IsEmpty => Gone.IsEmpty && New.IsEmpty && Changed.IsEmpty;

    public static ModelDifference Between(ModelSnapshot before, ModelSnapshot after) => new(
        [.. before.Types.Where(type => !IsSameSource(after, type.Key, type.Value)).Select(type => type.Key)],
        [.. after.Types.Where(type => !IsSameSource(before, type.Key, type.Value)).Select(type => type.Key)],
        after.Types
            .Where(type => IsSameSource(before, type.Key, type.Value))
            .Select(type => KeyValuePair.Create(type.Key, ChangedAttributes(before.Types[type.Key], type.Value)))
            .Where(type => type.Value.Count > 0)
            .ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", new[]
    {
        Gone.IsEmpty ? "" : $"gone: {string.Join(", ", Gone)}",
        New.IsEmpty ? "" : $"new: {string.Join(", ", New)}",
        Changed.IsEmpty ? "" : $"changed: {string.Join(", ", Changed.Select(type => $"{type.Key} ({string.Join(", ", type.Value.Order(StringComparer.Ordinal))})"))}",
    }.Where(part => part.Length > 0));

    private static bool IsSameSource(ModelSnapshot model, string name, TypeSnapshot type) =>
        model.Types.TryGetValue(name, out var other) && string.Equals(other.RemoteType, type.RemoteType, StringComparison.Ordinal);

    private static FrozenSet<string> ChangedAttributes(TypeSnapshot before, TypeSnapshot after) =>
        before.Mapping.Keys.Union(after.Mapping.Keys, StringComparer.Ordinal)
            .Where(attribute => !string.Equals(before.Mapping.GetValueOrDefault(attribute), after.Mapping.GetValueOrDefault(attribute), StringComparison.Ordinal))
            .ToFrozenSet(StringComparer.Ordinal);
}

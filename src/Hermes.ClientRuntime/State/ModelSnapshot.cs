using System.Collections.Immutable;

namespace Hermes.ClientRuntime.State;

/// <summary>A client data model as it is kept in the state, to be compared with the one of the next start.</summary>
/// <param name="Types">The local types by name.</param>
public sealed record ModelSnapshot(ImmutableSortedDictionary<string, TypeSnapshot> Types)
{
    /// <summary>A model without types.</summary>
    public static ModelSnapshot Empty { get; } = new(ImmutableSortedDictionary<string, TypeSnapshot>.Empty.WithComparers(StringComparer.Ordinal));
}

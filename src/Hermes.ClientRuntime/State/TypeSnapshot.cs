using System.Collections.Immutable;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.State;

/// <summary>A local data type as it is kept in the state.</summary>
/// <param name="RemoteType">The type of the server that feeds it.</param>
/// <param name="Mapping">Local attribute to the text of its mapping.</param>
public sealed record TypeSnapshot(string RemoteType, ImmutableSortedDictionary<string, string> Mapping)
{
    /// <summary>Local attribute to what it refers to.</summary>
    public ImmutableSortedDictionary<string, TargetReference> References { get; init; } = ImmutableSortedDictionary<string, TargetReference>.Empty;
}

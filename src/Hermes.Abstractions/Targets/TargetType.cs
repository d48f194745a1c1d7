using System.Collections.Immutable;

namespace Hermes.Abstractions.Targets;

/// <summary>A data type of the client, as targets see it.</summary>
/// <param name="Name">The local name.</param>
/// <param name="Attributes">The local attributes that the mapping yields, in ordinal order.</param>
/// <param name="Key">
/// The local attributes that carry the key, part by part; an empty text for a part of the key that is not mapped to a local attribute as it is.
/// Empty while the server's schema is not known.
/// </param>
/// <param name="SecretAttributes">The local attributes that are computed from a secret one, in ordinal order. Never write their values to a log.</param>
/// <param name="ForeignKeys">Local attribute to the local parent type and its attribute.</param>
public sealed record TargetType(
    string Name,
    ImmutableArray<string> Attributes,
    ImmutableArray<string> Key,
    ImmutableArray<string> SecretAttributes,
    ImmutableDictionary<string, TargetForeignKey> ForeignKeys)
{
    /// <summary>Local attribute to what it refers to. An entry that is told holds only references to entries that the target has. Default: none.</summary>
    public ImmutableDictionary<string, TargetReference> References { get; init; } = ImmutableDictionary<string, TargetReference>.Empty;
}

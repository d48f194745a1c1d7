using System.Collections.Immutable;

namespace Hermes.Events.Schema;

/// <summary>What a server tells about one data type.</summary>
/// <param name="Name">The name of the type.</param>
/// <param name="Attributes">The attributes that are sent, secret ones included, in ordinal order.</param>
/// <param name="SecretAttributes">Those of them that are secret, in ordinal order.</param>
/// <param name="Key">The attributes of the key, in their order; one for a single key.</param>
/// <param name="ForeignKeys">Attribute to its parent, in ordinal order of the attributes.</param>
public sealed record TypeSchema(
    string Name,
    ImmutableArray<string> Attributes,
    ImmutableArray<string> SecretAttributes,
    ImmutableArray<string> Key,
    ImmutableSortedDictionary<string, ForeignKey> ForeignKeys)
{
    /// <inheritdoc/>
    public bool Equals(TypeSchema? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && Attributes.SequenceEqual(other.Attributes, StringComparer.Ordinal)
        && SecretAttributes.SequenceEqual(other.SecretAttributes, StringComparer.Ordinal)
        && Key.SequenceEqual(other.Key, StringComparer.Ordinal)
        && ForeignKeys.SequenceEqual(other.ForeignKeys);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Attributes.Length, SecretAttributes.Length, Key.Length, ForeignKeys.Count);
}

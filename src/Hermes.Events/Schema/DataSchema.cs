using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Hermes.Events.Schema;

/// <summary>What a server tells its clients about its data: the types in declaration order, parents before children.</summary>
public sealed class DataSchema : IEquatable<DataSchema>
{
    private readonly ImmutableDictionary<string, TypeSchema> _byName;

    /// <summary>Makes a schema.</summary>
    /// <exception cref="ArgumentException">Two types have the same name.</exception>
    public DataSchema(params IEnumerable<TypeSchema> types)
    {
        Types = [.. types];
        _byName = Types.ToImmutableDictionary(type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>The schema without types.</summary>
    public static DataSchema Empty { get; } = new();

    /// <summary>The types, in declaration order.</summary>
    public ImmutableArray<TypeSchema> Types { get; }

    /// <summary>The type of this name.</summary>
    public bool TryGetType(string name, [NotNullWhen(true)] out TypeSchema? type) => _byName.TryGetValue(name, out type);

    /// <inheritdoc/>
    public bool Equals(DataSchema? other) => other is not null && Types.SequenceEqual(other.Types);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Types.Length, Types.IsEmpty ? null : Types[0]);
}

using System.Collections.Immutable;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>The validated data model and settings of a client.</summary>
/// <param name="Name">The name of the client.</param>
/// <param name="Path">The configuration path of the client, for messages.</param>
/// <param name="Types">Its data types.</param>
/// <param name="Settings">Its settings.</param>
internal sealed record ClientModel(string Name, string Path, ImmutableArray<LocalType> Types, ClientSettings Settings)
{
    /// <summary>Those of its types that are not as the configuration says, but as they were.</summary>
    public ImmutableArray<KeptType> Kept { get; init; } = [];

    /// <summary>What of the model is kept in the state.</summary>
    public ModelSnapshot Snapshot() => new(
        Types.ToImmutableSortedDictionary(
            type => type.Name,
            type => new TypeSnapshot(
                type.RemoteType, type.Mappings.ToImmutableSortedDictionary(mapping => mapping.Local, mapping => mapping.Text, StringComparer.Ordinal))
            {
                References = type.References,
            },
            StringComparer.Ordinal));
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Targets;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>The client's data model bound to the server's schema. Made anew when either changes.</summary>
internal sealed class BoundModel
{
    private readonly Dictionary<string, BoundType> _byName;
    private readonly Dictionary<string, ImmutableArray<BoundType>> _byRemote;

    public BoundModel(ClientModel model, DataSchema schema)
    {
        Schema = schema;
        Findings = [.. model.Kept.Where(kept => !kept.IsAwaiting).Select(kept => kept.Finding)];
        var order = schema.Types.Select((type, index) => (type.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        Types =
        [
            .. model.Types
                .Select(type => new BoundType(type, schema.TryGetType(type.RemoteType, out var remote) ? remote : null))
                .OrderBy(type => order.GetValueOrDefault(type.Type.RemoteType, int.MaxValue)),
        ];
        _byName = Types.ToDictionary(type => type.Name, StringComparer.Ordinal);
        _byRemote = Types.GroupBy(type => type.Type.RemoteType, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
    }

    public DataSchema Schema { get; }

    /// <summary>What is to be said about types that are not as the configuration says.</summary>
    public ImmutableArray<string> Findings { get; }

    /// <summary>
    /// The local types, parents before children: in the order of the types that feed them; types that the server does not send come last.
    /// </summary>
    public ImmutableArray<BoundType> Types { get; }

    /// <summary>The local types that a remote type feeds.</summary>
    public ImmutableArray<BoundType> FedBy(string remoteType) => _byRemote.GetValueOrDefault(remoteType, []);

    public bool TryGetType(string name, [NotNullWhen(true)] out BoundType? type) => _byName.TryGetValue(name, out type);

    /// <summary>The local types as a target sees them.</summary>
    /// <param name="left">The remote types that the schema no longer has: what they feed is still to be removed.</param>
    public IEnumerable<TargetType> ToTargetTypes(DataSchema left) => Types.Select(type => (type.Remote is null && left.TryGetType(type.Type.RemoteType, out var remote)
        ? new BoundType(type.Type, remote)
        : type).ToTargetType(this));
}

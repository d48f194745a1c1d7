using System.Collections.Immutable;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>A data type of the client.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RemoteType">The type of the server that feeds it.</param>
/// <param name="Mappings">Its attributes, in ordinal order.</param>
/// <param name="Display">How an entry shows in logs, status and mail; null for <c>Type[key]</c>.</param>
internal sealed record LocalType(string Name, string RemoteType, ImmutableArray<AttributeMapping> Mappings, ITemplate? Display)
{
    /// <summary>When too many of its entries would be removed at once; null if nobody looks.</summary>
    public GuardRule? Guard { get; init; }

    /// <summary>How objects are told that are not linked, the strongest rule first.</summary>
    public ImmutableArray<CorrelationRule> Correlation { get; init; } = [];

    /// <summary>What is done about what others change on the target.</summary>
    public DriftSettings Drift { get; init; } = DriftSettings.None;

    /// <summary>Its attributes that refer to entries of local types.</summary>
    public ImmutableSortedDictionary<string, TargetReference> References { get; init; } = ImmutableSortedDictionary<string, TargetReference>.Empty;

    /// <summary>Whether it may read attributes that the server does not send yet.</summary>
    public bool MayComeLater { get; init; }
}

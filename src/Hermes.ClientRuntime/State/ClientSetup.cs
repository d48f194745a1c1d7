using System.Collections.Immutable;
using Hermes.Events.InitSync;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.State;

/// <summary>What a client was set up with; changes seldom.</summary>
/// <param name="Schema">The server's data schema.</param>
/// <param name="Model">The client's data model as it was applied last.</param>
/// <param name="InitSync">The initsync sequence that the client was initialised from.</param>
/// <param name="Told">What was last told to people, by topic, so that a restart does not tell it again.</param>
public sealed record ClientSetup(
    DataSchema Schema,
    ModelSnapshot Model,
    InitSyncRange InitSync,
    ImmutableDictionary<string, ImmutableArray<string>> Told)
{
    /// <summary>Whom the client follows, and what it has to make good.</summary>
    public Following Following { get; init; } = new();

    /// <summary>The types that have left the schema, as they were: events of them may wait still, and must go in their order.</summary>
    public DataSchema Left { get; init; } = DataSchema.Empty;

    /// <summary>The types whose keys a new schema changed, as they were: the target is still to be told.</summary>
    public DataSchema Rekeyed { get; init; } = DataSchema.Empty;

    /// <summary>The local types that the client no longer has, as they were: the target may still have entries of them, which wait to be removed.</summary>
    public ModelSnapshot Dropped { get; init; } = ModelSnapshot.Empty;
}

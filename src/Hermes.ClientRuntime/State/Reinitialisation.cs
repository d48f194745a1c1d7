using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.State;

/// <summary>
/// How far a client has come that takes a complete initsync as the whole truth. First it gathers what the initsync, and the messages behind it that the client has
/// seen, say; then it makes events of what differs. Either part may be cut off at any moment: the first goes on where it was, the second begins again, and finds
/// less to do.
/// </summary>
/// <param name="InitSync">The initsync.</param>
/// <param name="End">Where gathering ends: the offset at which reading goes on afterwards.</param>
public sealed record Reinitialisation(PassedInitSync InitSync, BusOffset End)
{
    /// <summary>The offset at which gathering goes on; null before its begin.</summary>
    public BusOffset? Next { get; init; }

    /// <summary>The last number of the producer that was gathered; null if it gives none.</summary>
    public long? LastSequence { get; init; }

    /// <summary>The schema of the initsync; null before it was read.</summary>
    public DataSchema? Schema { get; init; }

    /// <summary>The entries that it does not have, judged by the guard: children first. Null before they were counted.</summary>
    public ImmutableArray<HeldRemovalSet>? Missing { get; init; }

    /// <summary>Whether all is gathered.</summary>
    public bool IsGathered => Next is { } next && next >= End;
}

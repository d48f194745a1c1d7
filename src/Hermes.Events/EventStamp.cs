namespace Hermes.Events;

/// <summary>What a Hermes server of ours adds to each event. The original program's events have none.</summary>
/// <param name="ProducerId">The server state that the event comes from; new when a server starts with an empty state. At most 64 letters, digits and hyphens.</param>
/// <param name="Sequence">The number of the event: consecutive per producer, from 1.</param>
/// <param name="Time">When the event was stored for sending.</param>
public sealed record EventStamp(string ProducerId, long Sequence, DateTimeOffset Time)
{
    /// <summary>Stands for the producer of all events without a stamp: the original program.</summary>
    public const string Unstamped = "unstamped";

    /// <summary>The id of the event, the same however often it is sent.</summary>
    public string Id => $"{ProducerId}-{Sequence}";
}

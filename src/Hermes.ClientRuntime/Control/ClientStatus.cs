using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.Control;

/// <summary>How a client is doing, at a glance.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="StartedAt">When it was started; null before.</param>
/// <param name="PausedSince">Since when it is paused; null if it is not.</param>
/// <param name="NextOffset">The offset of the next message it reads; null before its first initialisation.</param>
/// <param name="QueuedEvents">How many events are in the error queue.</param>
/// <param name="DeadLetters">How many messages were set aside.</param>
/// <param name="LastError">Why the client failed last; null if it works.</param>
/// <param name="Warnings">Types and attributes of the data model that the server does not send.</param>
public sealed record ClientStatus(
    ClientPhase Phase,
    DateTimeOffset? StartedAt,
    DateTimeOffset? PausedSince,
    BusOffset? NextOffset,
    int QueuedEvents,
    long DeadLetters,
    string? LastError,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Before the start.</summary>
    internal static ClientStatus NotStarted { get; } = new(ClientPhase.NotStarted, null, null, null, 0, 0, null, []);
}

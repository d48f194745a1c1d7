using Hermes.Abstractions.Buses;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Control;

/// <summary>How a client is doing, at a glance.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="StartedAt">When it was started; null before.</param>
/// <param name="PausedSince">Since when it is paused; null if it is not.</param>
/// <param name="NextOffset">The offset of the next message it reads; null before its first initialisation.</param>
/// <param name="QueuedEvents">How many events are in the error queue.</param>
/// <param name="DeadLetters">How many messages were set aside.</param>
/// <param name="LastError">Why the client failed last; null if it works.</param>
/// <param name="Warnings">Types and attributes of the data model that the server does not send.</param>
public sealed record ClientStatus(
    RunState State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? PausedSince,
    BusOffset? NextOffset,
    int QueuedEvents,
    long DeadLetters,
    string? LastError,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Why it waits for its state, in words; null if it does not.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>The producer that it follows: the server's id on the bus; null before its first initialisation.</summary>
    public string? Producer { get; init; }

    /// <summary>Why it does not know what it missed, and what to do; null if it missed nothing.</summary>
    public string? Behind { get; init; }

    /// <summary>The removals that wait for a decision, one line each; see <see cref="IHermesClientControl.ListHeldRemovalsAsync"/>.</summary>
    public IReadOnlyList<string> HeldRemovals { get; init; } = [];

    /// <summary>How many references on the target lead to entries that it does not have yet; see <see cref="IHermesClientControl.ListPendingReferencesAsync"/>.</summary>
    public long PendingReferences { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = $"{State}, {QueuedEvents} events in the error queue, {DeadLetters} messages set aside";
        return (LastError ?? WaitsFor ?? Behind) is { } reason ? $"{text}: {reason}" : text;
    }

    /// <summary>Before the start.</summary>
    internal static ClientStatus NotStarted { get; } = new(RunState.NotStarted, null, null, null, 0, 0, null, []);
}

using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Control;

/// <summary>An event in the error queue, as people see it: without secret values.</summary>
/// <param name="Number">Its number, by which it is retried or discarded.</param>
/// <param name="Type">The local type.</param>
/// <param name="Key">The key.</param>
/// <param name="Display">How the entry is called.</param>
/// <param name="Kind">What the event does.</param>
/// <param name="Since">When it was queued.</param>
/// <param name="Attempts">How often its handler was called.</param>
/// <param name="LastAttempt">When it was called last; null if never.</param>
/// <param name="Message">Why it failed, or what it waits for.</param>
/// <param name="CompletedSteps">The steps that need not run again.</param>
/// <param name="IsPartiallyProcessed">Whether the target was changed.</param>
/// <param name="IsInFlight">Whether a call was made before a restart that has no outcome: the target may have the change.</param>
/// <param name="Entry">The local entry after the event; null if it is gone or could not be computed.</param>
public sealed record QueuedEventInfo(
    long Number,
    string Type,
    EntryKey Key,
    string Display,
    LocalEventKind Kind,
    DateTimeOffset Since,
    int Attempts,
    DateTimeOffset? LastAttempt,
    string Message,
    IReadOnlyList<string> CompletedSteps,
    bool IsPartiallyProcessed,
    bool IsInFlight,
    Entry? Entry)
{
    /// <summary>The group of what it failed of; null if it was not tried. See <see cref="FailureGroup"/>.</summary>
    public string? Group { get; init; }

    /// <summary>Why it is in the queue.</summary>
    public QueuedEventState State { get; init; }

    /// <summary>Whether an earlier call was broken off, by the end of the process or a stop: what it did is not known, although the calls since have failed.</summary>
    public bool WasBrokenOff { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"#{Number} {Kind} {Display}, {Attempts} attempts: {Message}";
}

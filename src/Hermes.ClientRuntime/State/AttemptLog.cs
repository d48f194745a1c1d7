using System.Collections.Immutable;
using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>What was tried of an event.</summary>
/// <param name="Count">How often its handler was called.</param>
/// <param name="Last">When it was called last; null if never.</param>
/// <param name="Message">Why it failed, or what it waits for.</param>
/// <param name="CompletedSteps">The steps that need not run again, in the order in which they completed, with what they returned.</param>
/// <param name="IsPartiallyProcessed">Whether one of them changed the target.</param>
/// <param name="IsInFlight">Whether a call was started that has no outcome: set before a call, so that a restart sees it, and gone with the next outcome.</param>
public sealed record AttemptLog(
    int Count,
    DateTimeOffset? Last,
    string Message,
    ImmutableArray<CompletedStep> CompletedSteps,
    bool IsPartiallyProcessed,
    bool IsInFlight)
{
    /// <summary>What the last attempt failed of; null if nothing was tried.</summary>
    public FailureCause? Cause { get; init; }

    /// <summary>
    /// The entry whose object has a name, or another value, that this one needs: a change of it is worth another attempt. Null if nothing is taken, or by an object
    /// that is no entry's.
    /// </summary>
    public EntryId? Holder { get; init; }

    /// <summary>
    /// Whether an earlier call was broken off, by the end of the process or a stop: what it did is not known, whatever came of the calls since. Their handler gets the mark
    /// of a redelivery until one succeeds.
    /// </summary>
    public bool WasBrokenOff { get; init; }

    /// <summary>Whether the target may have the change, or part of it, although no call has succeeded.</summary>
    public bool MayBeApplied => IsInFlight || WasBrokenOff;

    /// <summary>Nothing was tried.</summary>
    public static AttemptLog None { get; } = new(0, null, "", [], false, false);

    /// <summary>Nothing was tried, because the event has to wait for something.</summary>
    public static AttemptLog Waiting(string reason) => None with { Message = reason };
}

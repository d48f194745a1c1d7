using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;

namespace Hermes.ClientRuntime.Steps;

/// <summary>What an event means for one local entry, and what has come of it so far.</summary>
/// <param name="type">The local type.</param>
/// <param name="before">What the state has of the entry.</param>
/// <param name="after">The entry after the event.</param>
/// <param name="event">What is to be delivered; null if nothing is, and only the views follow.</param>
internal sealed class LocalTransition(BoundType type, StoredEntry before, EntryView? after, LocalEvent? @event)
{
    public BoundType Type { get; } = type;

    public StoredEntry Before { get; } = before;

    public EntryView? After { get; } = after;

    public LocalEvent? Event { get; } = @event;

    /// <summary>What the gate found the event to wait for, as the error queue keeps it; null if it may go to the target.</summary>
    public AttemptLog? Waiting { get; set; }

    /// <summary>What came of the call of the target; null if none was made, or it was broken off.</summary>
    public CallOutcome? Outcome { get; set; }

    /// <summary>The same, where the object of the entry was missing: it is an addition.</summary>
    public LocalTransition MadeAnew() => new(Type, Before, After, Event! with { Kind = LocalEventKind.Added });

    /// <summary>Whether the event goes to the target.</summary>
    public bool IsCall => Event is not null && Waiting is null;
}

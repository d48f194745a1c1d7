using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>What came of bringing one event to the target.</summary>
/// <param name="Applied">The entry as the target has it now, as far as is known.</param>
/// <param name="Link">The link of its object; null if it has none.</param>
/// <param name="Failure">What is to be remembered of the attempt if it failed; null if the event is applied.</param>
internal readonly record struct CallOutcome(EntryView? Applied, string? Link, AttemptLog? Failure)
{
    public bool IsApplied => Failure is null;

    /// <summary>An entry with what is known of the target now.</summary>
    public StoredEntry Over(in StoredEntry entry) => entry with { Applied = Applied, Link = Link };
}

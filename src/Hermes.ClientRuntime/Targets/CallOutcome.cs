using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>What came of bringing one event to the target.</summary>
/// <param name="Applied">The entry as the target has it now, as far as is known.</param>
/// <param name="Failure">What is to be remembered of the attempt if it failed; null if the event is applied.</param>
internal readonly record struct CallOutcome(EntryView? Applied, AttemptLog? Failure)
{
    public bool IsApplied => Failure is null;
}

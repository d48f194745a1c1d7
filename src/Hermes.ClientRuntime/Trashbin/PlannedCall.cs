using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Trashbin;

/// <summary>One call of a target.</summary>
/// <param name="Change">What it is given.</param>
/// <param name="After">The entry as the target has it when the call has succeeded.</param>
internal readonly record struct PlannedCall(TargetChange Change, EntryView? After);

using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Writes the views of local entries, where nothing has to wait.</summary>
internal sealed class LocalViews(ClientSession session)
{
    /// <summary>Nothing is delivered: the views follow.</summary>
    public void Follow(LocalTransition transition)
    {
        var before = transition.Before;
        if (Equals(before.Expected, transition.After))
            return;

        // In the trashbin, the target keeps what it has until the entry is recycled.
        var isSettled = Equals(before.Applied, before.Expected) && transition.After is not { IsTrashed: true };
        session.Put(
            EntryTable.Local(transition.Type.Name), before with { Applied = isSettled ? transition.After : before.Applied, Expected = transition.After });
    }

    /// <summary>The target has applied the event.</summary>
    public void Applied(LocalTransition transition, CallOutcome outcome) =>
        session.Put(EntryTable.Local(transition.Type.Name), outcome.Over(transition.Before) with { Expected = transition.After });
}

using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>What remediation did about an event that comes behind others of its entry.</summary>
internal abstract record Remedy
{
    private Remedy()
    {
    }

    /// <summary>Nothing: the event has to be queued.</summary>
    public sealed record Unneeded : Remedy;

    /// <summary>The last event in the queue has taken it in.</summary>
    public sealed record TakenIn : Remedy;

    /// <summary>The last event in the queue is gone with it, since together they change nothing.</summary>
    /// <param name="Left">The entry as it was before both.</param>
    public sealed record BothGone(EntryView? Left) : Remedy;
}

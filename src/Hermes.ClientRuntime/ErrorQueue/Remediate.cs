using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Spares the target events that wait: lets the last one of an entry in the error queue take in the one that comes behind it, where the policy and the
/// order of others allow it. What becomes of the two is <see cref="Remediation"/>'s to say.
/// </summary>
internal sealed class Remediate(ClientSession session)
{
    private static readonly Remedy Unneeded = new Remedy.Unneeded();
    private static readonly Remedy TakenIn = new Remedy.TakenIn();

    /// <param name="next">The event that comes.</param>
    /// <param name="applied">The entry as the target has it.</param>
    public async ValueTask<Remedy> RunAsync(LocalEvent next, EntryView? applied)
    {
        var policy = session.Model.Settings.Remediation;
        if (policy == RemediationPolicy.Disabled || session.Queue.LastOf(next.Id) is not { } lastItem || IsBoundToItsPlace(lastItem, next))
            return Unneeded;
        var last = await session.ReadQueuedAsync(lastItem);
        var beforeLast = session.Queue.Of(next.Id).SkipLast(1).LastOrDefault() is { } earlier ? (await session.ReadQueuedAsync(earlier)).Event.Local : applied;
        switch (Remediation.Decide(policy, last, next, beforeLast))
        {
            case RemediationOutcome.Merge merge:
                session.PutQueued(Replacement.Of(last, merge.Event, beforeLast));
                return TakenIn;
            case RemediationOutcome.Vanish:
                session.RemoveQueued(last.Number);
                return new Remedy.BothGone(beforeLast);
            default:
                return Unneeded;
        }
    }

    // What is merged takes the place of the earlier event, so it must not overtake what others wait to do in between: a parent does not go, or never
    // come, before the children that refer to it have gone; a child does not stay while its parent goes and comes back; and a child whose purge failed
    // does not come back before its parent, which waits behind it.
    private bool IsBoundToItsPlace(QueueItem last, LocalEvent next) => (last.Kind, next.Kind) switch
    {
        (_, LocalEventKind.Removed) => session.Queue.IsReferredToAfter(next.RemoteId, last.Number),
        (LocalEventKind.Removed, LocalEventKind.Added) => session.Queue.Count > 1 && session.Queue.OfAncestors(next.RemoteId).Any(
            queued => queued.Kind == LocalEventKind.Removed || (queued.Kind == LocalEventKind.Added && queued.Number > last.Number)),
        _ => false,
    };
}

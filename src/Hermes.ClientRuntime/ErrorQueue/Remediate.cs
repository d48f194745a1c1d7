using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Spares the target events that wait, and lets corrections reach what they correct: merges the events of an entry in the error queue, whatever put them there, where the
/// policy in force and the order of others allow it. What becomes of two of them is <see cref="Remediation"/>'s to say.
/// </summary>
internal sealed class Remediate(ClientSession session)
{
    private readonly RemoteViews _remote = new(session);

    private RemediationPolicy Policy => session.Model.Settings.Remediation;

    /// <summary>Merges the events of all entries: the policy, or what put them there, may be another than before.</summary>
    public async ValueTask RunAllAsync()
    {
        foreach (var several in session.Queue.Items.GroupBy(item => item.Id).Where(line => line.Count() > 1).ToArray())
            await RunAsync(several.Key);
    }

    /// <summary>Merges the events of an entry: one has come, or the outcome of a call is known.</summary>
    public async ValueTask RunAsync(EntryId id)
    {
        if (session.Queue.HeadOf(id) is not { } head || session.Queue.LastOf(id) is not { } last || head.Number == last.Number)
            return;
        if (Policy == RemediationPolicy.Disabled && !head.WasBrokenOff && !last.WasBrokenOff)
            return;
        var table = EntryTable.Local(id.Type);
        var entry = await session.FindAsync(table, id.Key);
        var line = new WaitingLine(entry.Applied, entry.Expected);
        foreach (var item in session.Queue.Of(id).ToArray())
            line.Events.Add(await session.ReadQueuedAsync(item));
        var remote = line.Events[0].Event.RemoteId;
        if (!Merge(line))
            return;
        session.Put(table, entry with { Applied = line.Applied, Expected = line.Expected });
        if (line.Events.Count == 0)
            await _remote.SettleAsync(remote.Type, remote.Key);
    }

    // From the first to the last; what has been merged may go together with the one before it.
    private bool Merge(WaitingLine line)
    {
        var isAnyMerged = false;
        for (var place = 1; place < line.Events.Count;)
        {
            var isMerged = TryMerge(line, place);
            isAnyMerged |= isMerged;
            place = isMerged ? Math.Max(1, place - 1) : place + 1;
        }

        return isAnyMerged;
    }

    private bool TryMerge(WaitingLine line, int place)
    {
        var (last, next) = (line.Events[place - 1], Converted(line.Events[place], line.Events[place - 1]));
        if (next.Attempts.IsPartiallyProcessed || IsBoundToItsPlace(QueueItem.Of(last), next.Event))
            return false;
        if (next.Attempts.MayBeApplied && PolicyFor(last, next) != RemediationPolicy.Disabled)
            last = last with { Attempts = last.Attempts with { WasBrokenOff = true } };
        var before = line.Before(place - 1);
        switch (Remediation.Decide(PolicyFor(last, next), last, next.Event, before))
        {
            // What a call may have left in the target is there already when it is the turn of the first one, and of no other.
            case RemediationOutcome.Merge merge when place == 1 || Equals(merge.Has, before):
                var merged = Replacement.Of(last, merge.Event, merge.Has);
                line.Merge(place, merged, merge.Has);
                session.PutQueued(merged);
                session.RemoveQueued(next.Number);
                return true;
            case RemediationOutcome.Vanish:
                line.Vanish(place);
                session.RemoveQueued(last.Number);
                session.RemoveQueued(next.Number);
                return true;
            default:
                return false;
        }
    }

    // Of two that the target may both have, the first must not go there again alone: it would take back what the second did, or be refused for it.
    private RemediationPolicy PolicyFor(QueuedEvent last, QueuedEvent next) =>
        last.Attempts.WasBrokenOff && next.Attempts.WasBrokenOff ? RemediationPolicy.Maximum : Policy;

    // It could not be converted when it came; behind another content it perhaps can.
    private QueuedEvent Converted(QueuedEvent next, QueuedEvent last)
    {
        if (next.Event.Fault is null || last.Event.Fault is not null || !session.Bound.TryGetType(next.Event.Type, out var type))
            return next;
        try
        {
            return next with { Event = LateConversion.Of(type, next.Event, last.Event.Local) };
        }
        catch (TemplateException)
        {
            return next;
        }
    }

    // What is merged takes the place of the earlier event, so it must not overtake what others wait to do in between: a parent does not go, or never
    // come, before the children that refer to it have gone; a child does not stay while its parent goes and comes back; and a child whose purge failed
    // does not come back before its parent, which waits behind it.
    private bool IsBoundToItsPlace(QueueItem last, LocalEvent next) => (last.Kind, next.Kind) switch
    {
        (_, LocalEventKind.Removed) => session.Queue.IsReferredToAfter(next.RemoteId, last.Number),
        (LocalEventKind.Removed, LocalEventKind.Added) => session.Queue.OfAncestors(next.RemoteId).Any(
            queued => queued.Kind == LocalEventKind.Removed || (queued.Kind == LocalEventKind.Added && queued.Number > last.Number)),
        _ => false,
    };
}

/// <summary>The events of one entry that wait, in their order, with the views of the entry, while they are merged.</summary>
/// <param name="applied">The entry as the target has it.</param>
/// <param name="expected">The entry as it is to be.</param>
internal sealed class WaitingLine(EntryView? applied, EntryView? expected)
{
    public List<QueuedEvent> Events { get; } = [];

    /// <summary>The entry as the target has it, or may have it.</summary>
    public EntryView? Applied { get; private set; } = applied;

    /// <summary>The entry as it is to be, as far as it could be computed.</summary>
    public EntryView? Expected { get; private set; } = expected;

    /// <summary>The entry when it is the turn of the event at a place.</summary>
    public EntryView? Before(int place) => place > 0 ? Events[place - 1].Event.Local : Applied;

    /// <summary>The event before a place has taken in the one at it.</summary>
    public void Merge(int place, QueuedEvent merged, EntryView? has)
    {
        Events[place - 1] = merged;
        Events.RemoveAt(place);
        if (place == 1)
            Applied = has;
        if (place == Events.Count && merged.Event.Fault is null)
            Expected = merged.Event.Local;
    }

    /// <summary>The event at a place and the one before it come to nothing.</summary>
    public void Vanish(int place)
    {
        var (left, last) = (Before(place - 1), Events[place].Event.Local);
        Events.RemoveRange(place - 1, 2);

        // In the trashbin the content follows, as that of any entry that is modified there: the next conversion starts from it.
        if (place > Events.Count)
            Expected = left is { IsTrashed: true } ? last : left;
    }
}

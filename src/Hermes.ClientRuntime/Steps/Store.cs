using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Writes what came of an event into the views and the queue. The commit is the loop's.</summary>
internal sealed class Store(ClientSession session)
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
    public void Applied(LocalTransition transition, EntryView? applied) =>
        session.Put(EntryTable.Local(transition.Type.Name), new StoredEntry(transition.Before.Key, applied, transition.After));

    /// <summary>The event waits in the error queue; it may be merged with the one before it.</summary>
    /// <param name="transition">The transition; it has an event.</param>
    /// <param name="applied">The entry as the target has it.</param>
    /// <param name="attempts">What was tried, or what it waits for.</param>
    public void Queue(LocalTransition transition, EntryView? applied, AttemptLog attempts)
    {
        var @event = transition.Event!;
        var policy = session.Model.Settings.Remediation;
        QueueItem[] earlier = policy == RemediationPolicy.Disabled ? [] : [.. session.Queue.Of(@event.Id)];
        var expected = @event.Fault is null ? @event.Local : transition.Before.Expected;
        if (earlier is [.., var lastItem] && !IsBoundToItsPlace(lastItem, @event))
        {
            var last = session.ReadQueued(lastItem);
            var beforeLast = earlier.Length > 1 ? session.ReadQueued(earlier[^2]).Event.Local : applied;
            switch (Remediation.Decide(policy, last, @event, beforeLast))
            {
                case RemediationOutcome.Merge merge:
                    session.PutQueued(Replacement.Of(last, merge.Event, beforeLast));
                    break;
                case RemediationOutcome.Vanish:
                    session.RemoveQueued(last.Number);

                    // In the trashbin the content follows, as that of any entry that is modified there: the next conversion starts from it.
                    expected = beforeLast is { IsTrashed: true } ? @event.Local : beforeLast;
                    break;
                default:
                    Append();
                    break;
            }
        }
        else
        {
            Append();
        }

        session.Put(EntryTable.Local(@event.Type), new StoredEntry(@event.Key, applied, expected));

        void Append()
        {
            var queued = session.Enqueue(@event, attempts);
            session.Services.Log.Queued(session.Model.Name, queued.ToString(), attempts.Message);
        }
    }

    /// <summary>Writes the remote entry when all that an event means for local entries is written.</summary>
    public void Settle(ConvertedEvent converted)
    {
        var isModifiedInTrashbin = converted.Before.Expected is { IsTrashed: true } && converted.After is { IsTrashed: true };
        var isApplied = !isModifiedInTrashbin && !IsAnyQueued(converted.RemoteType, converted.Before.Key);
        session.Put(
            EntryTable.Remote(converted.RemoteType),
            converted.Before with { Applied = isApplied ? converted.After : converted.Before.Applied, Expected = converted.After });
    }

    /// <summary>An event has left the queue because the target has applied it.</summary>
    public void AppliedFromQueue(QueuedEvent queued, EntryView? applied)
    {
        session.RemoveQueued(queued.Number);
        var @event = queued.Event;
        var local = session.State.Find(EntryTable.Local(@event.Type), @event.Key);
        session.Put(EntryTable.Local(@event.Type), local with { Applied = applied });

        if (!session.Bound.FedBy(@event.RemoteType).Any(type => string.Equals(type.Name, @event.Type, StringComparison.Ordinal)))
        {
            SettleRemote(@event.RemoteType, @event.Key);
            return;
        }

        var isAnyLeft = IsAnyQueued(@event.RemoteType, @event.Key);
        if (isAnyLeft && IsOlderQueued(@event.RemoteType, @event.Key, queued.Number))
            return;
        var table = EntryTable.Remote(@event.RemoteType);
        var remote = session.State.Find(table, @event.Key);
        var isSettled = !isAnyLeft && remote.Expected is not { IsTrashed: true };
        session.Put(table, remote with { Applied = isSettled ? remote.Expected : @event.Remote });
    }

    /// <summary>A local entry waits for nothing more: whether all is done of the remote one depends on the other types that it feeds.</summary>
    public void SettleRemote(string remoteType, EntryKey key)
    {
        var table = EntryTable.Remote(remoteType);
        var remote = session.State.Find(table, key);
        var isUnfed = session.Bound.FedBy(remoteType).IsEmpty;
        if (isUnfed || (remote.Expected is not { IsTrashed: true } && !IsAnyQueued(remoteType, key)))
            session.Put(table, StoredEntry.Settled(key, remote.Expected));
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

    private bool IsAnyQueued(string remoteType, EntryKey key)
    {
        if (session.Queue.Count == 0)
            return false;
        foreach (var type in session.Bound.FedBy(remoteType))
        {
            if (session.Queue.Contains(new EntryId(type.Name, key)))
                return true;
        }

        return false;
    }

    private bool IsOlderQueued(string remoteType, EntryKey key, long number)
    {
        foreach (var type in session.Bound.FedBy(remoteType))
        {
            if (session.Queue.HeadOf(new EntryId(type.Name, key)) is { } head && head.Number < number)
                return true;
        }

        return false;
    }
}

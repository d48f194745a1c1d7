using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Writes the views of remote entries: one counts as applied when nothing of it waits for any of the local types that it feeds.</summary>
internal sealed class RemoteViews(ClientSession session)
{
    /// <summary>All that an event means for local entries is written.</summary>
    public void Follow(ConvertedEvent converted)
    {
        var isModifiedInTrashbin = converted.Before.Expected is { IsTrashed: true } && converted.After is { IsTrashed: true };
        var isApplied = !isModifiedInTrashbin && !IsAnyQueued(converted.RemoteType, converted.Before.Key);
        session.Put(
            EntryTable.Remote(converted.RemoteType),
            converted.Before with { Applied = isApplied ? converted.After : converted.Before.Applied, Expected = converted.After });
    }

    /// <summary>An event has left the queue because the target has applied it.</summary>
    public async ValueTask FollowAsync(QueuedEvent applied)
    {
        var @event = applied.Event;
        if (!session.Bound.FedBy(@event.RemoteType).Any(type => string.Equals(type.Name, @event.Type, StringComparison.Ordinal)))
        {
            await SettleAsync(@event.RemoteType, @event.Key);
            return;
        }

        var isAnyLeft = IsAnyQueued(@event.RemoteType, @event.Key);
        if (isAnyLeft && IsOlderQueued(@event.RemoteType, @event.Key, applied.Number))
            return;
        var table = EntryTable.Remote(@event.RemoteType);
        var remote = await session.FindAsync(table, @event.Key);
        var isSettled = !isAnyLeft && remote.Expected is not { IsTrashed: true };
        session.Put(table, remote with { Applied = isSettled ? remote.Expected : @event.Remote });
    }

    /// <summary>A local entry waits for nothing more: whether all is done of the remote one depends on the other types that it feeds.</summary>
    public async ValueTask SettleAsync(string remoteType, EntryKey key)
    {
        var table = EntryTable.Remote(remoteType);
        var remote = await session.FindAsync(table, key);
        var isUnfed = session.Bound.FedBy(remoteType).IsEmpty;
        if (isUnfed || (remote.Expected is not { IsTrashed: true } && !IsAnyQueued(remoteType, key)))
            session.Put(table, StoredEntry.Settled(key, remote.Expected));
    }

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

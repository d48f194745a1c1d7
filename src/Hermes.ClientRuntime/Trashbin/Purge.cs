using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Convert = Hermes.ClientRuntime.Steps.Convert;

namespace Hermes.ClientRuntime.Trashbin;

/// <summary>
/// Removes entries from the trashbin whose time is over: children before parents. The removals go through the error queue, which tries
/// them at once and keeps them if they fail.
/// </summary>
internal sealed class Purge(ClientSession session, Convert convert, Store store, Retry retry)
{
    /// <summary>When the trashbin is looked through next.</summary>
    public DateTimeOffset NextDue { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>
    /// Looks through the trashbin if it is time to; always once after a start, since the retention may have been shortened.
    /// </summary>
    public async ValueTask RunDueAsync(CancellationToken cancellationToken)
    {
        var now = session.Now;
        var next = now + session.Model.Settings.PurgeInterval;

        // If it is further away than the interval, the clock was set back.
        if (now < NextDue && NextDue <= next)
            return;
        NextDue = next;
        var keptSince = now - session.Model.Settings.TrashbinRetention;

        // Types that the server no longer has cannot be parents of others: they go first.
        var schema = session.Bound.Schema;
        var gone = session.State.Tables.Where(table => table.Side == EntrySide.Remote && !schema.TryGetType(table.Type, out _)).Select(table => table.Type);
        foreach (var type in gone.Concat(schema.Types.Select(type => type.Name).Reverse()).ToArray())
        {
            foreach (var entry in Trashed(type))
            {
                var since = entry.Expected!.TrashedSince!.Value;
                if ((since < now ? since : now) <= keptSince)
                    QueueRemoval(type, entry);
                else if (since > now)
                    CountFromNow(type, entry, now);
            }
        }

        await retry.RunQueuedAsync(cancellationToken);
    }

    /// <summary>Purges one entry of a remote type, whatever its time.</summary>
    /// <returns>Whether it was in the trashbin.</returns>
    public async ValueTask<bool> RunEntryAsync(string remoteType, EntryKey key, CancellationToken cancellationToken)
    {
        var entry = session.State.Find(EntryTable.Remote(remoteType), key);
        if (entry.Expected is not { IsTrashed: true })
            return false;
        QueueRemoval(remoteType, entry);
        await retry.RunQueuedAsync(cancellationToken);
        return true;
    }

    /// <summary>Purges the trashed entries of one remote type for which something holds.</summary>
    public async ValueTask RunTypeAsync(string remoteType, Func<StoredEntry, bool> isOver, CancellationToken cancellationToken)
    {
        foreach (var entry in Trashed(remoteType))
        {
            if (isOver(entry))
                QueueRemoval(remoteType, entry);
        }

        await retry.RunQueuedAsync(cancellationToken);
    }

    private IEnumerable<StoredEntry> Trashed(string remoteType) =>
        StatePages.Read(session.State, EntryTable.Remote(remoteType), EntryScope.Trashed);

    // It was trashed while the clock was ahead: it is kept as long as one that is trashed now.
    private void CountFromNow(string remoteType, in StoredEntry remote, DateTimeOffset now)
    {
        session.Put(EntryTable.Remote(remoteType), NotAfter(remote));
        foreach (var type in session.Bound.FedBy(remoteType))
            session.Put(EntryTable.Local(type.Name), NotAfter(session.State.Find(EntryTable.Local(type.Name), remote.Key)));

        StoredEntry NotAfter(in StoredEntry entry) => entry with { Applied = View(entry.Applied), Expected = View(entry.Expected) };

        EntryView? View(EntryView? view) => view?.TrashedSince > now ? view with { TrashedSince = now } : view;
    }

    private void QueueRemoval(string remoteType, in StoredEntry entry)
    {
        session.Services.Log.Purging(session.Model.Name, remoteType, entry.Key.ToString());
        var converted = convert.Transition(remoteType, entry, null, AttributeChanges.None);
        foreach (var transition in converted.Locals)
        {
            if (transition.Event is null)
                store.Follow(transition);
            else
                store.Queue(transition, transition.Before.Applied, AttemptLog.Waiting("leaves the trashbin"));
        }

        store.Settle(converted);
    }
}

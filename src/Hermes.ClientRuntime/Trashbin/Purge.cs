using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.Trashbin;

/// <summary>
/// Removes entries from the trashbin whose time is over: children before parents. The removals go through the error queue, which tries
/// them at once and keeps them if they fail.
/// </summary>
internal sealed class Purge(ClientSession session, Retry retry)
{
    private readonly Transitions _transitions = new(session);
    private readonly LocalViews _local = new(session);
    private readonly RemoteViews _remote = new(session);
    private readonly Enqueue _enqueue = new(session);

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
        var gone = (await session.ReadTablesAsync()).Where(table => table.Side == EntrySide.Remote && !schema.TryGetType(table.Type, out _)).Select(table => table.Type);
        foreach (var type in gone.Concat(schema.Types.Select(type => type.Name).Reverse()).ToArray())
        {
            await foreach (var entry in TrashedAsync(type))
            {
                var since = entry.Expected!.TrashedSince!.Value;
                if ((since < now ? since : now) <= keptSince)
                    await QueueRemovalAsync(type, entry);
                else if (since > now)
                    await CountFromNowAsync(type, entry, now);
            }
        }

        await retry.RunQueuedAsync(cancellationToken);
    }

    /// <summary>Purges one entry of a remote type, whatever its time.</summary>
    /// <returns>Whether it was in the trashbin.</returns>
    public async ValueTask<bool> RunEntryAsync(string remoteType, EntryKey key, CancellationToken cancellationToken)
    {
        var entry = await session.FindAsync(EntryTable.Remote(remoteType), key);
        if (entry.Expected is not { IsTrashed: true })
            return false;
        await session.LoadAsync(LocalsOf(remoteType, entry.Key));
        await QueueRemovalAsync(remoteType, entry);
        await retry.RunQueuedAsync(cancellationToken);
        return true;
    }

    /// <summary>Purges the trashed entries of one remote type for which something holds.</summary>
    public async ValueTask RunTypeAsync(string remoteType, Func<StoredEntry, bool> isOver, CancellationToken cancellationToken)
    {
        await foreach (var entry in TrashedAsync(remoteType))
        {
            if (isOver(entry))
                await QueueRemovalAsync(remoteType, entry);
        }

        await retry.RunQueuedAsync(cancellationToken);
    }

    // Each with its local entries taken into memory.
    private async IAsyncEnumerable<StoredEntry> TrashedAsync(string remoteType)
    {
        await foreach (var page in session.ReadTrashedAsync(EntryTable.Remote(remoteType)))
        {
            await session.LoadAsync(page.SelectMany(numbered => LocalsOf(remoteType, numbered.Entry.Key)));
            foreach (var numbered in page)
                yield return numbered.Entry;
        }
    }

    private IEnumerable<EntryAddress> LocalsOf(string remoteType, EntryKey key)
    {
        foreach (var type in session.Bound.FedBy(remoteType))
            yield return new EntryAddress(EntryTable.Local(type.Name), key);
    }

    // It was trashed while the clock was ahead: it is kept as long as one that is trashed now.
    private async ValueTask CountFromNowAsync(string remoteType, StoredEntry remote, DateTimeOffset now)
    {
        session.Put(EntryTable.Remote(remoteType), NotAfter(remote));
        foreach (var type in session.Bound.FedBy(remoteType))
            session.Put(EntryTable.Local(type.Name), NotAfter(await session.FindAsync(EntryTable.Local(type.Name), remote.Key)));

        StoredEntry NotAfter(in StoredEntry entry) => entry with { Applied = View(entry.Applied), Expected = View(entry.Expected) };

        EntryView? View(EntryView? view) => view?.TrashedSince > now ? view with { TrashedSince = now } : view;
    }

    private async ValueTask QueueRemovalAsync(string remoteType, StoredEntry entry)
    {
        session.Services.Log.Purging(session.Model.Name, remoteType, entry.Key.ToString());
        var converted = _transitions.Of(remoteType, entry, null, AttributeChanges.None);
        foreach (var transition in converted.Locals)
        {
            if (transition.Event is null)
                _local.Follow(transition);
            else
                await _enqueue.RunAsync(transition, transition.Before, AttemptLog.Waiting("leaves the trashbin"));
        }

        _remote.Follow(converted);
    }
}

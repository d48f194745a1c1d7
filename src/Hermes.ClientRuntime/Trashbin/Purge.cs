using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.Trashbin;

/// <summary>
/// Removes entries from the trashbin whose time is over: children before parents, a slice at a time. The removals go through the error queue, which tries
/// them at once and keeps them if they fail.
/// </summary>
internal sealed class Purge(ClientSession session, Retry retry, WorkSlice slice) : IAsyncDisposable
{
    private readonly Transitions _transitions = new(session);
    private readonly Defer _defer = new(session);

    // What is left of looking through the trashbin; null if it was looked through.
    private IAsyncEnumerator<bool>? _pages;

    /// <summary>Whether the trashbin is being looked through.</summary>
    public bool IsBusy => _pages is not null;

    /// <summary>When the trashbin is looked through next.</summary>
    public DateTimeOffset NextDue { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>
    /// Looks through a slice of the trashbin if it is time to; always once after a start, since the retention may have been shortened.
    /// </summary>
    public async ValueTask RunSliceAsync(CancellationToken cancellationToken)
    {
        var now = session.Now;
        var next = now + session.Model.Settings.PurgeInterval;

        // If it is further away than the interval, the clock was set back.
        if (_pages is null && now < NextDue && NextDue <= next)
            return;
        if (_pages is null)
            (_pages, NextDue) = (RunPagesAsync(now).GetAsyncEnumerator(CancellationToken.None), next);
        slice.Begin();
        while (!slice.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await _pages.MoveNextAsync())
                continue;
            await DisposeAsync();
            retry.WantPass();
            return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pages is { } pages)
            await pages.DisposeAsync();
        _pages = null;
    }

    /// <summary>Lets entries of remote types leave the trashbin, whatever their time, with the next pass over what is due.</summary>
    /// <returns>How many were there.</returns>
    public async ValueTask<int> QueueAsync(IReadOnlyList<EntryId> entries)
    {
        var count = 0;
        await session.LoadAsync(entries.SelectMany(id => LocalsOf(id.Type, id.Key)));
        foreach (var (type, key) in entries)
        {
            if (await session.FindAsync(EntryTable.Remote(type), key) is not { Expected.IsTrashed: true } entry)
                continue;
            await QueueRemovalAsync(type, entry);
            count++;
        }

        return count;
    }

    /// <summary>Purges the trashed entries of one remote type for which something holds.</summary>
    public async ValueTask RunTypeAsync(string remoteType, Func<StoredEntry, bool> isOver, CancellationToken cancellationToken)
    {
        await foreach (var page in TrashedAsync(remoteType))
        {
            foreach (var entry in page.Where(isOver))
                await QueueRemovalAsync(remoteType, entry);
        }

        await retry.RunDueToEndAsync(cancellationToken);
    }

    // A page is read when it is its turn: what comes between two of them may have changed it.
    private async IAsyncEnumerable<bool> RunPagesAsync(DateTimeOffset now)
    {
        var keptSince = now - session.Model.Settings.TrashbinRetention;

        // Types that the server no longer has cannot be parents of others: they go first.
        var schema = session.Bound.Schema;
        var gone = (await session.Written.ReadTablesAsync()).Where(table => table.Side == EntrySide.Remote && !schema.TryGetType(table.Type, out _)).Select(table => table.Type);
        foreach (var type in gone.Concat(schema.Types.Select(type => type.Name).Reverse()).ToArray())
        {
            await foreach (var page in TrashedAsync(type))
            {
                foreach (var entry in page)
                {
                    var since = entry.Expected!.TrashedSince!.Value;
                    if ((since < now ? since : now) <= keptSince)
                        await QueueRemovalAsync(type, entry);
                    else if (since > now)
                        await CountFromNowAsync(type, entry, now);
                }

                yield return true;
            }
        }
    }

    // With their local entries taken into memory.
    private async IAsyncEnumerable<IReadOnlyList<StoredEntry>> TrashedAsync(string remoteType)
    {
        await foreach (var page in session.ReadTrashedAsync(EntryTable.Remote(remoteType)))
        {
            await session.LoadAsync(page.SelectMany(numbered => LocalsOf(remoteType, numbered.Entry.Key)));
            yield return [.. page.Select(numbered => numbered.Entry)];
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
        await _defer.RunAsync(_transitions.Of(remoteType, entry, null, AttributeChanges.None), AttemptLog.Waiting("leaves the trashbin"));
    }
}

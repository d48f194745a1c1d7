using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.References;

/// <summary>
/// Completes what was written without some of its references, as soon as the target has the entries that they lead to, and takes back those that lead to what has gone.
/// Both are events in the error queue, tried at once: a modification by the difference to what the target has.
/// </summary>
internal sealed class PendingReferences(ClientSession session, ReferenceTracker tracker)
{
    private const int PageSize = 500;

    // As many as come one after the other are completed together: a group that waits for all its members is not written for each.
    private const int MostArrivals = 1000;
    private const string Completes = "completes what it refers to, which has come to the target";
    private const string TakesBack = "takes back what it refers to, which has left the target";

    private readonly HashSet<EntryId> _come = [];
    private readonly HashSet<EntryId> _uncertain = [];

    public ReferenceMap Map => tracker.Map;

    /// <summary>How many references the target does not have yet.</summary>
    public long Count => tracker.PendingCount;

    /// <summary>Whether so much has come that it is to be completed although more is to do.</summary>
    public bool AreManyToComplete => _come.Count >= MostArrivals;

    /// <summary>Finds what an earlier process did not come to complete.</summary>
    public async ValueTask BeginAsync()
    {
        if (Map.IsEmpty)
            return;
        await foreach (var (_, reference, _) in PagesAsync(session.Written.ReadPendingReferencesAsync))
        {
            if (await IsThereAsync(reference.To))
                _come.Add(reference.To);
        }
    }

    /// <summary>An event of an entry was applied after attempts in which steps were completed: what came to the target since the first of them may be missing.</summary>
    public void Recheck(EntryId entry)
    {
        if (!Map.Of(entry.Type).IsEmpty)
            _uncertain.Add(entry);
    }

    /// <summary>
    /// Follows what has come to the target, or gone, since this was called last. Has to be part of the same commit. Where an object has gone, nobody knows whether what
    /// referred to it still does.
    /// </summary>
    public async ValueTask FollowAsync()
    {
        if (!tracker.IsAnyMoved)
            return;
        await session.WriteAsync();
        var (moved, told) = tracker.TakeMoved();
        foreach (var (to, at) in moved)
        {
            var isThere = await IsThereAsync(to);
            await foreach (var row in PagesAsync((after, limit) => session.Written.ReadReferencesToAsync(to, after, limit)))
            {
                if (!row.IsPending && !(isThere && told.GetValueOrDefault(row.Reference) > at))
                    await LoseAsync(row.Reference, isThere);
                if (isThere)
                    _come.Add(to);
            }
        }
    }

    /// <summary>Completes what can be completed by now.</summary>
    /// <returns>Whether there was anything: the next pass over the error queue tells the target.</returns>
    public async ValueTask<bool> CompleteAsync()
    {
        if (_come.Count == 0 && _uncertain.Count == 0)
            return false;
        var next = session.NextQueueNumber;
        foreach (var to in _come)
        {
            await foreach (var row in PagesAsync((after, limit) => session.Written.ReadReferencesToAsync(to, after, limit)))
            {
                if (row.IsPending)
                    await TellAsync(row.Reference.From, Completes);
            }
        }

        foreach (var entry in _uncertain)
            await TellAsync(entry, Completes);
        _come.Clear();
        _uncertain.Clear();
        return session.NextQueueNumber > next;
    }

    // If the object is there again, the target is told of it once more: the difference says so then. In the trashbin, the target is told when the entry comes back.
    private async ValueTask LoseAsync(StoredReference lost, bool isThere)
    {
        var table = EntryTable.Local(lost.From.Type);
        var entry = await session.FindAsync(table, lost.From.Key);
        if (entry.Applied is not { } applied || !Map.Of(lost.From.Type).TryGetValue(lost.Attribute, out var reference) || !Has(applied, lost, reference))
            return;
        if (isThere || applied.IsTrashed)
        {
            var left = ReferenceRows.Without(applied.Entry, lost.Attribute, reference, new HashSet<EntryKey> { lost.To.Key });
            session.Put(table, entry with { Applied = applied with { Entry = left } });
        }
        else
        {
            await TellAsync(lost.From, TakesBack);
        }
    }

    private static bool Has(EntryView view, StoredReference row, TargetReference reference) => reference.KeysOf(view.Entry.Get(row.Attribute)).Contains(row.To.Key);

    // What waits already for its turn is told what is there by then.
    private async ValueTask TellAsync(EntryId id, string reason)
    {
        if (session.Queue.Contains(id) || !session.Bound.TryGetType(id.Type, out var type))
            return;
        var entry = await session.FindAsync(EntryTable.Local(id.Type), id.Key);
        if (entry is not { Applied.IsTrashed: false, Expected: { IsTrashed: false } expected })
            return;
        var remote = await session.FindAsync(EntryTable.Remote(type.Type.RemoteType), id.Key);
        var modified = new LocalEvent(id.Type, id.Key, LocalEventKind.Modified, type.Type.RemoteType, remote.Expected, expected, EventSecrets.None);
        session.Queue.Conflicts.Free(session.Enqueue(modified, AttemptLog.Waiting(reason)).Number);
    }

    private async ValueTask<bool> IsThereAsync(EntryId id) => (await session.FindAsync(EntryTable.Local(id.Type), id.Key)).Applied is { IsTrashed: false };

    private static async IAsyncEnumerable<NumberedReference> PagesAsync(Func<long, int, ValueTask<IReadOnlyList<NumberedReference>>> read)
    {
        long after = 0;
        IReadOnlyList<NumberedReference> page;
        do
        {
            page = await read(after, PageSize);
            foreach (var row in page)
            {
                after = row.Number;
                yield return row;
            }
        }
        while (page.Count == PageSize);
    }
}

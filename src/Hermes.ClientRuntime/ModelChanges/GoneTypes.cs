using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>Removes all entries of local types that the client no longer has, those in the trashbin too; children before parents.</summary>
internal sealed class GoneTypes(ClientSession session, ModelEvents events, InFlight inFlight)
{
    private readonly RemoteViews _remote = new(session);

    public async ValueTask RunAsync(ClientSetup setup, IEnumerable<string> types)
    {
        foreach (var type in ChildrenFirst(setup, types))
            await RemoveAllAsync(type, setup.Model.Types[type]);
    }

    private static IEnumerable<string> ChildrenFirst(ClientSetup setup, IEnumerable<string> types)
    {
        var order = setup.Schema.Types.Select((type, index) => (type.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        return types.OrderByDescending(type => order.GetValueOrDefault(setup.Model.Types[type].RemoteType, int.MaxValue));
    }

    private async ValueTask RemoveAllAsync(string type, TypeSnapshot known)
    {
        var isWanted = session.Services.Target.WantsAny(type);
        await foreach (var key in KeysOfAsync(type))
            await RemoveAsync(type, known.RemoteType, key, isWanted);
        if (isWanted)
            await RemoveAddedInFlightAsync(type, known);
    }

    // What came and went again, or could not be converted yet, is in the queue only.
    private async IAsyncEnumerable<EntryKey> KeysOfAsync(string type)
    {
        var queued = session.Queue.Items.Where(item => string.Equals(item.Id.Type, type, StringComparison.Ordinal)).Select(item => item.Id.Key).ToHashSet();
        await foreach (var entry in session.ReadAsync(EntryTable.Local(type)))
        {
            queued.Remove(entry.Key);
            yield return entry.Key;
        }

        foreach (var key in queued)
            yield return key;
    }

    private async ValueTask RemoveAsync(string type, string remoteType, EntryKey key, bool isWanted)
    {
        var entry = await session.FindAsync(EntryTable.Local(type), key);
        var waiting = await events.WaitingForAsync(new EntryId(type, key));
        var begun = waiting.FirstOrDefault(queued => queued.Attempts.IsPartiallyProcessed || queued.Attempts.MayBeApplied);

        // A removal that was begun, or only prepared, goes on where it was.
        var prepared = begun ?? waiting.FirstOrDefault(queued => !queued.Attempts.CompletedSteps.IsEmpty);
        var leaving = prepared?.Event is { Kind: LocalEventKind.Removed, Local: null } ? prepared : null;
        foreach (var queued in waiting.Where(queued => queued != leaving))
            session.RemoveQueued(queued.Number);

        // What was begun and not finished is there in part, and has to go too.
        var has = begun is null ? entry.Applied : AsBegun(entry.Applied, begun.Event);
        var isKnownToTarget = isWanted && (has is not null || leaving is not null);
        if (isKnownToTarget && leaving is null)
        {
            var removed = new LocalEvent(type, key, LocalEventKind.Removed, remoteType, null, null, EventSecrets.None);
            var attempts = events.Waiting(removed);
            if (begun is not null)
                attempts = attempts with { IsPartiallyProcessed = true, IsInFlight = attempts.IsInFlight || begun.Attempts.MayBeApplied };

            // It takes the place of what waited: parents wait for that. Only what has to wait for its own children goes to the end, behind them.
            if (waiting is [var first, ..] && !session.Queue.IsReferredToAfter(removed.RemoteId, first.Number))
                session.PutQueued(new QueuedEvent(first.Number, removed, session.Now, attempts));
            else
                session.Enqueue(removed, attempts);
        }

        session.Put(EntryTable.Local(type), isKnownToTarget ? entry with { Applied = has, Expected = null } : new StoredEntry(key, null, null));
        if (!isKnownToTarget)
            await _remote.SettleAsync(remoteType, key);
    }

    // The state does not know of an addition that was in flight, but the target may have the entry. The templates of the old model are gone: what is told of the
    // entry is what was copied.
    private async ValueTask RemoveAddedInFlightAsync(string type, TypeSnapshot known)
    {
        foreach (var (added, remote) in inFlight.AddedOf(known.RemoteType))
        {
            if (!(await session.FindAsync(EntryTable.Local(type), added.Key)).IsGone)
                continue;
            var content = RemoteContent.OfAdded(remote, added.Attributes).Entry;
            var copied = Entry.Create(known.Mapping.Select(mapping => KeyValuePair.Create(mapping.Key, content.Get(mapping.Value))));
            events.Enqueue(new LocalEvent(type, added.Key, LocalEventKind.Removed, known.RemoteType, null, null, EventSecrets.None));
            session.Put(EntryTable.Local(type), new StoredEntry(added.Key, new EntryView(copied), null));
        }
    }

    private static EntryView? AsBegun(EntryView? applied, LocalEvent begun) => ChangePlan.For(applied, begun) is [{ After: { } after }, ..] ? after : applied;
}

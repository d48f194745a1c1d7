using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// Adds all entries of local types that are new to the client. One that lies in the trashbin is added and then trashed, so that it can be recycled like any other.
/// </summary>
internal sealed class NewTypes(ClientSession session, ModelEvents events)
{
    // Remote entries of which a removal was taken back.
    private readonly List<EntryId> _takenBack = [];

    // Additions for which children wait already, with the place of the first of them.
    private readonly List<(long Place, LocalEvent Added)> _beforeChildren = [];

    public async ValueTask RunAsync(IReadOnlyCollection<string> types)
    {
        foreach (var type in session.Bound.Types.Where(type => types.Contains(type.Name)))
            await AddAllAsync(type);
        if (_beforeChildren.Count > 0)
            await PutBeforeChildrenAsync();
        var views = new RemoteViews(session);
        foreach (var remote in _takenBack)
            await views.SettleAsync(remote.Type, remote.Key);
    }

    private async ValueTask AddAllAsync(BoundType type)
    {
        var isWanted = session.Services.Target.WantsAny(type.Name);
        await foreach (var remote in session.ReadAsync(EntryTable.Remote(type.Type.RemoteType)))
        {
            if (remote.Expected is not { } view || (view.IsTrashed && await LacksParentAsync(new EntryId(type.Type.RemoteType, remote.Key))))
                continue;
            var local = Conversion.Convert(type, null, new EntryView(view.Entry), null)!;
            var expected = view.IsTrashed ? local with { TrashedSince = view.TrashedSince } : local;
            if (isWanted)
                await AddAsync(type, remote.Key, view, local, expected);
            else
                session.Put(EntryTable.Local(type.Name), StoredEntry.Settled(remote.Key, expected));
        }
    }

    private async ValueTask AddAsync(BoundType type, EntryKey key, EntryView remote, EntryView live, EntryView expected)
    {
        var table = EntryTable.Local(type.Name);
        var before = await session.FindAsync(table, key);
        var has = await TryTakeBackRemovalAsync(type, key) ? before.Applied : null;
        if (has is null && expected.IsTrashed)
        {
            Tell(type, key, null, new EntryView(remote.Entry), live);
            has = live;
        }

        Tell(type, key, has, remote, expected);
        session.Put(table, before with { Key = key, Expected = expected });
    }

    private void Tell(BoundType type, EntryKey key, EntryView? has, EntryView remote, EntryView to)
    {
        if (ChangePlan.EventKind(has, to, EventSecrets.None) is not { } kind)
            return;
        var told = new LocalEvent(type.Name, key, kind, type.Type.RemoteType, remote, to, EventSecrets.None);
        if (kind == LocalEventKind.Added && PlaceBeforeChildren(told) is { } place)
            _beforeChildren.Add((place, told));
        else
            events.Enqueue(told);
    }

    // The type was dropped and is back, and nothing was done about the removal yet: the target has the entry still. But it does not stay while its parent goes and
    // comes back.
    private async ValueTask<bool> TryTakeBackRemovalAsync(BoundType type, EntryKey key)
    {
        if (await events.WaitingForAsync(new EntryId(type.Name, key)) is not [{ Attempts: { IsPartiallyProcessed: false, MayBeApplied: false } } removal]
            || !string.Equals(removal.Event.RemoteType, type.Type.RemoteType, StringComparison.Ordinal)
            || session.Queue.OfAncestors(removal.Event.RemoteId).Any(ancestor => ancestor.Kind != LocalEventKind.Modified))
        {
            return false;
        }

        session.RemoveQueued(removal.Number);
        _takenBack.Add(removal.Event.RemoteId);
        return true;
    }

    // A child that waits to be added has a new parent. What the parent itself waits for comes before it all the same.
    private long? PlaceBeforeChildren(LocalEvent added) =>
        session.Queue.ReferringTo(added.RemoteId).FirstOrDefault(child => child.Kind == LocalEventKind.Added) is { Number: var place }
            && !(session.Queue.LastOf(added.Id)?.Number > place)
            && !session.Queue.OfAncestors(added.RemoteId).Any(ancestor => ancestor.Kind != LocalEventKind.Modified && ancestor.Number > place)
            ? place
            : null;

    // Numbers are places, so all that follows moves up in its order.
    private async ValueTask PutBeforeChildrenAsync()
    {
        var places = _beforeChildren.ToLookup(early => early.Place, early => early.Added);
        var first = _beforeChildren.Min(early => early.Place);
        foreach (var number in session.Queue.GetNumbers().Where(number => number >= first))
        {
            foreach (var added in places[number])
                events.Enqueue(added);
            await session.RequeueAsync(session.Queue.Find(number)!);
        }
    }

    // An entry in the trashbin cannot come before its parents. One that the target never had, because it was removed before it could be added, comes with the live
    // entry, if it ever does; so do its children.
    private async ValueTask<bool> LacksParentAsync(EntryId remote)
    {
        foreach (var ancestor in session.Queue.ForeignKeys.AncestorsOf(remote))
        {
            foreach (var type in session.Bound.FedBy(ancestor.Type))
            {
                if (await IsMissingAsync(new EntryId(type.Name, ancestor.Key)))
                    return true;
            }
        }

        return false;
    }

    // Gone, or about to be purged; or never with the target, and nothing waits that brings it there.
    private async ValueTask<bool> IsMissingAsync(EntryId id)
    {
        var entry = await session.FindAsync(EntryTable.Local(id.Type), id.Key);
        return entry.Expected is null || (entry.Applied is null && !session.Queue.Contains(id));
    }
}

using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// Carries a change of the client's own data model over to state and target, at start. Everything is worked out in one transaction, as
/// events in the error queue; the queue then delivers them in order, across restarts. A failure while working it out changes nothing.
/// </summary>
internal sealed class ModelChange(ClientSession session)
{
    private const string Reason = "follows a change of the client's data model";

    private InFlight _inFlight = InFlight.Nothing;

    /// <exception cref="ClientStopException">A template fails on an entry of the state.</exception>
    /// <exception cref="BusException">It is not known what was in flight when the client ended.</exception>
    public async Task RunAsync(IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        var setup = session.State.Setup!;
        var model = session.Model.Snapshot();
        var difference = ModelDifference.Between(setup.Model, model);
        if (difference.IsEmpty)
            return;
        _inFlight = await InFlight.ReadAsync(session, bus, cancellationToken);
        session.Services.Log.ModelChanged(session.Model.Name, difference.ToString());
        try
        {
            foreach (var type in ChildrenFirst(setup, difference.Gone))
                RemoveAll(type, setup.Model.Types[type]);
            foreach (var type in session.Bound.Types.Where(type => difference.New.Contains(type.Name)))
                AddAll(type);
            foreach (var type in session.Bound.Types)
            {
                if (difference.Changed.TryGetValue(type.Name, out var attributes))
                    RecomputeAll(type, setup.Model.Types[type.Name], attributes);
            }
        }
        catch (TemplateException exception)
        {
            throw new ClientStopException(
                $"The change of the data model cannot be worked out, and nothing was changed: {exception.Message} Correct the template and start again.", exception);
        }

        session.SetUp(setup with { Model = model, Dropped = DroppedTypes.Of(session) });
        session.Commit();
    }

    private static IEnumerable<string> ChildrenFirst(ClientSetup setup, IEnumerable<string> types)
    {
        var order = setup.Schema.Types.Select((type, index) => (type.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        return types.OrderByDescending(type => order.GetValueOrDefault(setup.Model.Types[type].RemoteType, int.MaxValue));
    }

    private void RemoveAll(string type, TypeSnapshot known)
    {
        var remoteType = known.RemoteType;
        var isWanted = session.Services.Target.WantsAny(type);
        var store = new Store(session);
        foreach (var key in KeysOf(type))
        {
            var entry = session.State.Find(EntryTable.Local(type), key);
            var waiting = WaitingFor(new EntryId(type, key));
            var begun = waiting.FirstOrDefault(queued => queued.Attempts.IsPartiallyProcessed || queued.Attempts.IsInFlight);

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
                var removed = new LocalEvent(type, entry.Key, LocalEventKind.Removed, remoteType, null, null, EventSecrets.None);
                var attempts = Waiting(removed);
                if (begun is { Attempts.IsInFlight: true })
                    attempts = attempts with { IsInFlight = true };

                // It takes the place of what waited: parents wait for that. Only what has to wait for its own children goes to the end, behind them.
                if (waiting is [var first, ..] && !session.Queue.IsReferredToAfter(removed.RemoteId, first.Number))
                    session.PutQueued(new QueuedEvent(first.Number, removed, session.Now, attempts));
                else
                    session.Enqueue(removed, attempts);
            }

            session.Put(EntryTable.Local(type), new StoredEntry(entry.Key, isKnownToTarget ? has : null, null));
            if (!isKnownToTarget)
                store.LeftDroppedType(remoteType, entry.Key);
        }

        if (isWanted)
            RemoveAddedInFlight(type, known);
    }

    // What came and went again, or could not be converted yet, is in the queue only.
    private IEnumerable<EntryKey> KeysOf(string type)
    {
        var queued = session.Queue.Items.Where(item => string.Equals(item.Id.Type, type, StringComparison.Ordinal)).Select(item => item.Id.Key).ToHashSet();
        foreach (var entry in StatePages.Read(session.State, EntryTable.Local(type)))
        {
            queued.Remove(entry.Key);
            yield return entry.Key;
        }

        foreach (var key in queued)
            yield return key;
    }

    // The state does not know of an addition that was in flight, but the target may have the entry. The templates of the old model are gone: what is told of the
    // entry is what was copied.
    private void RemoveAddedInFlight(string type, TypeSnapshot known)
    {
        foreach (var (added, remote) in _inFlight.AddedOf(known.RemoteType))
        {
            if (!session.State.Find(EntryTable.Local(type), added.Key).IsGone)
                continue;
            var content = RemoteContent.OfAdded(remote, added.Attributes).Entry;
            var copied = Entry.Create(known.Mapping.Select(mapping => KeyValuePair.Create(mapping.Key, content.Get(mapping.Value))));
            Enqueue(new LocalEvent(type, added.Key, LocalEventKind.Removed, known.RemoteType, null, null, EventSecrets.None));
            session.Put(EntryTable.Local(type), new StoredEntry(added.Key, new EntryView(copied), null));
        }
    }

    private void AddAll(BoundType type)
    {
        var isWanted = session.Services.Target.WantsAny(type.Name);
        foreach (var remote in StatePages.Read(session.State, EntryTable.Remote(type.Type.RemoteType)))
        {
            if (remote.Expected is not { } view || (view.IsTrashed && LacksParent(new EntryId(type.Type.RemoteType, remote.Key))))
                continue;
            var live = new EntryView(view.Entry);
            var local = Conversion.Convert(type, null, live, null)!;
            var expected = view.IsTrashed ? local with { TrashedSince = view.TrashedSince } : local;
            var before = session.State.Find(EntryTable.Local(type.Name), remote.Key);
            if (!isWanted)
            {
                session.Put(EntryTable.Local(type.Name), StoredEntry.Settled(remote.Key, expected));
                continue;
            }

            // An entry that lies in the trashbin is added first, so that it can be recycled like any other.
            Enqueue(new LocalEvent(type.Name, remote.Key, LocalEventKind.Added, type.Type.RemoteType, live, local, EventSecrets.None));
            if (view.IsTrashed)
                Enqueue(new LocalEvent(type.Name, remote.Key, LocalEventKind.Removed, type.Type.RemoteType, view, expected, EventSecrets.None));
            session.Put(EntryTable.Local(type.Name), before with { Key = remote.Key, Expected = expected });
        }
    }

    // An entry in the trashbin cannot come before its parents. One that the target never had, because it was removed before it could be added, comes with the live
    // entry, if it ever does; so do its children.
    private bool LacksParent(EntryId remote) => session.Queue.ForeignKeys.AncestorsOf(remote).Any(ancestor =>
        session.Bound.FedBy(ancestor.Type).Any(type => IsMissing(new EntryId(type.Name, ancestor.Key))));

    // Gone, or about to be purged; or never with the target, and nothing waits that brings it there.
    private bool IsMissing(EntryId id)
    {
        var entry = session.State.Find(EntryTable.Local(id.Type), id.Key);
        return entry.Expected is null || (entry.Applied is null && !session.Queue.Contains(id));
    }

    private void RecomputeAll(BoundType type, TypeSnapshot known, IReadOnlySet<string> changed)
    {
        var old = type.Remote is { } remoteType && _inFlight != InFlight.Nothing
            ? new OldMapping(known, changed, remoteType, session.Services.Templates)
            : null;
        foreach (var remote in StatePages.Read(session.State, EntryTable.Remote(type.Type.RemoteType)))
        {
            var id = new EntryId(type.Name, remote.Key);
            foreach (var queued in WaitingFor(id))
                Recompute(type, queued, changed);
            if (remote.Expected is { } view)
                Recompute(type, id, view, changed, old);
        }
    }

    // What was partially processed, or may have been, is finished as it began.
    private void Recompute(BoundType type, QueuedEvent queued, IReadOnlySet<string> changed)
    {
        if (queued.Attempts.IsPartiallyProcessed || queued.Attempts.IsInFlight || queued.Event.Remote is not { } remote)
            return;
        var local = queued.Event.Local is { } before
            ? Conversion.Recompute(type, remote, before, changed)
            : Conversion.Convert(type, null, remote, null);
        var secrets = queued.Event.Secrets with { Local = Conversion.ConvertSecrets(type, remote.Entry, queued.Event.Secrets.Remote) };
        var applied = session.State.Find(EntryTable.Local(type.Name), queued.Event.Key).Applied;
        session.PutQueued(Replacement.Of(queued, queued.Event with { Local = local, Secrets = secrets, Fault = null }, applied));
    }

    private void Recompute(BoundType type, EntryId id, EntryView remote, IReadOnlySet<string> changed, OldMapping? old)
    {
        var table = EntryTable.Local(type.Name);
        var entry = session.State.Find(table, id.Key);

        // The expected view stays behind while a conversion fails: what waits last is what the entry becomes. And behind what waits, nothing was with the target.
        var last = session.Queue.LastOf(id) is { } item ? session.ReadQueued(item) : null;
        var known = last is null ? entry.Expected : last.Event.Local;
        var after = known is { } before ? Conversion.Recompute(type, remote, before, changed) : Conversion.Convert(type, null, remote, null)!;
        var applied = old is null || last is not null || entry.Applied is null
            ? entry.Applied
            : old.MayHave(entry.Applied, _inFlight.ContentsOf(new EntryId(type.Type.RemoteType, id.Key), remote.Entry), after.Entry);
        var from = last is null ? applied : known;
        if (ChangePlan.EventKind(from, after, EventSecrets.None) is { } kind && session.Services.Target.WantsAny(type.Name))
        {
            Enqueue(new LocalEvent(type.Name, id.Key, kind, type.Type.RemoteType, remote, after, EventSecrets.None));
            session.Put(table, entry with { Applied = applied, Expected = after });
        }
        else
        {
            var isSettled = last is null && !remote.IsTrashed;
            session.Put(table, entry with { Applied = isSettled ? after : applied, Expected = after });
        }
    }

    private static EntryView? AsBegun(EntryView? applied, LocalEvent begun) => ChangePlan.For(applied, begun) is [{ After: { } after }, ..] ? after : applied;

    private QueuedEvent[] WaitingFor(EntryId id) => [.. session.Queue.Of(id).Select(session.ReadQueued)];

    private void Enqueue(LocalEvent @event) => session.Enqueue(@event, Waiting(@event));

    private AttemptLog Waiting(LocalEvent @event) => AttemptLog.Waiting(Reason) with { IsInFlight = _inFlight.Contains(@event.RemoteId) };
}

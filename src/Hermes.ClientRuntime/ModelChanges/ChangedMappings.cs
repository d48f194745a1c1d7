using System.Collections.Frozen;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>Computes the attributes whose mapping is another now, of all entries and of all events that wait.</summary>
internal sealed class ChangedMappings(ClientSession session, ModelEvents events, InFlight inFlight)
{
    public async ValueTask RunAsync(ModelSnapshot before, IReadOnlyDictionary<string, FrozenSet<string>> changed)
    {
        foreach (var type in session.Bound.Types)
        {
            if (changed.TryGetValue(type.Name, out var attributes))
                await RecomputeAllAsync(type, before.Types[type.Name], attributes);
        }
    }

    private async ValueTask RecomputeAllAsync(BoundType type, TypeSnapshot known, FrozenSet<string> changed)
    {
        var old = type.Remote is { } remoteType && inFlight != InFlight.Nothing
            ? new OldMapping(known, changed, remoteType, session.Services.Templates)
            : null;
        await foreach (var remote in session.ReadAsync(EntryTable.Remote(type.Type.RemoteType)))
        {
            var id = new EntryId(type.Name, remote.Key);
            foreach (var queued in await events.WaitingForAsync(id))
                await RecomputeAsync(type, queued, changed);
            if (remote.Expected is { } view)
                await RecomputeAsync(type, id, view, changed, old);
        }
    }

    // What was partially processed, or may have been, is finished as it began.
    private async ValueTask RecomputeAsync(BoundType type, QueuedEvent queued, FrozenSet<string> changed)
    {
        if (queued.Attempts.IsPartiallyProcessed || queued.Attempts.MayBeApplied || queued.Event.Remote is not { } remote)
            return;
        var local = queued.Event.Local is { } before
            ? Conversion.Recompute(type, remote, before, changed)
            : Conversion.Convert(type, null, remote, null);
        var secrets = queued.Event.Secrets with { Local = Conversion.ConvertSecrets(type, remote.Entry, queued.Event.Secrets.Remote) };
        var applied = (await session.FindAsync(EntryTable.Local(type.Name), queued.Event.Key)).Applied;
        session.PutQueued(Replacement.Of(queued, queued.Event with { Local = local, Secrets = secrets, Fault = null, RemoteBefore = null }, applied));
    }

    private async ValueTask RecomputeAsync(BoundType type, EntryId id, EntryView remote, FrozenSet<string> changed, OldMapping? old)
    {
        var table = EntryTable.Local(type.Name);
        var entry = await session.FindAsync(table, id.Key);

        // The expected view stays behind while a conversion fails: what waits last is what the entry becomes. And behind what waits, nothing was with the target.
        var last = session.Queue.LastOf(id) is { } item ? await session.ReadQueuedAsync(item) : null;
        // What went to the trashbin before the target ever had it has no local entry: it is made when it comes back.
        if (last is null && remote.IsTrashed && entry.IsGone)
            return;
        var known = last is null ? entry.Expected : last.Event.Local;
        var after = known is { } before ? Conversion.Recompute(type, remote, before, changed) : Conversion.Convert(type, null, remote, null)!;
        var applied = old is null || last is not null || entry.Applied is null
            ? entry.Applied
            : old.MayHave(entry.Applied, inFlight.ContentsOf(new EntryId(type.Type.RemoteType, id.Key), remote.Entry), after.Entry);
        var from = last is null ? applied : known;
        if (ChangePlan.EventKind(from, after, EventSecrets.None) is { } kind && session.Services.Target.WantsAny(type.Name))
        {
            events.Enqueue(new LocalEvent(type.Name, id.Key, kind, type.Type.RemoteType, remote, after, EventSecrets.None));
            session.Put(table, entry with { Applied = applied, Expected = after });
        }
        else
        {
            var isSettled = last is null && !remote.IsTrashed;
            session.Put(table, entry with { Applied = isSettled ? after : applied, Expected = after });
        }
    }
}

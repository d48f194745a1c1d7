using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Events;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Turns a remote event into what it means for the client's own data model. Reads the state, writes nothing.</summary>
internal sealed class Convert(ClientSession session)
{
    /// <exception cref="ContradictionException">The event does not fit what is known.</exception>
    public ConvertedEvent Run(EntryEvent @event)
    {
        if (!session.Bound.Schema.TryGetType(@event.Type, out var type))
            throw new ContradictionException($"The data schema has no type '{@event.Type}'.");
        if (@event.Key.PartCount != type.Key.Length)
            throw new ContradictionException($"The key of '{@event.Type}' has {type.Key.Length} part(s); that of the event has {@event.Key.PartCount}.");

        var before = session.State.Find(EntryTable.Remote(type.Name), @event.Key);
        var (after, secrets) = After(type, @event, before.Expected);
        return Transition(type.Name, before, after, secrets);
    }

    /// <summary>What it means for the local entries that a remote entry becomes another.</summary>
    public ConvertedEvent Transition(string remoteType, in StoredEntry before, EntryView? after, AttributeChanges secrets)
    {
        var fed = session.Bound.FedBy(remoteType);
        var locals = ImmutableArray.CreateBuilder<LocalTransition>(fed.Length);
        foreach (var type in fed)
            locals.Add(Local(type, before, after, secrets));
        return new ConvertedEvent(remoteType, before, after, locals.MoveToImmutable());
    }

    private (EntryView? Entry, AttributeChanges Secrets) After(TypeSchema type, EntryEvent @event, EntryView? before)
    {
        switch (@event, PresenceOf.View(before))
        {
            case (AddedEvent added, Presence.Absent or Presence.Trashed):
                var content = RemoteContent.OfAdded(type, added.Attributes);
                return (new EntryView(content.Entry), content.Secrets);
            case (ModifiedEvent modified, Presence.Live or Presence.Trashed):
                var changed = RemoteContent.OfModified(type, before!.Entry, modified.Changes);
                return (before with { Entry = changed.Entry }, changed.Secrets);
            case (RemovedEvent, Presence.Live):
                var isKept = session.Model.Settings.TrashbinRetention > TimeSpan.Zero;
                return (isKept ? before! with { TrashedSince = session.Now } : null, AttributeChanges.None);
            case (AddedEvent, _):
                throw new ContradictionException($"{type.Name}[{@event.Key}] was added, but it is already there.");
            case (ModifiedEvent, _):
                throw new ContradictionException($"{type.Name}[{@event.Key}] was modified, but it is not there.");
            default:
                throw new ContradictionException($"{type.Name}[{@event.Key}] was removed, but it is not there.");
        }
    }

    private LocalTransition Local(BoundType type, in StoredEntry remote, EntryView? after, AttributeChanges secrets)
    {
        var (id, remoteBefore) = (new EntryId(type.Name, remote.Key), remote.Expected);
        var before = session.State.Find(EntryTable.Local(type.Name), remote.Key);
        var isRemoval = after is null or { IsTrashed: true };

        // What the target has when it is the turn of this event: what was expected, unless an event was discarded.
        var last = session.Queue.LastOf(id);
        var has = last is null ? before.Applied : before.Expected;
        if (isRemoval && has is null && last is null)
            return new LocalTransition(type, before, null, null);

        // What an event behind a failed conversion yields can only be told when that has succeeded. No view shows what it is until then.
        if (last is { IsFaulty: true })
            return Faulty($"waits for the conversion of {last}", isAbsent: last.Kind == LocalEventKind.Removed);
        try
        {
            var local = Conversion.Convert(type, remoteBefore, after, before.Expected);
            var carried = new EventSecrets(secrets, after is null ? AttributeChanges.None : Conversion.ConvertSecrets(type, after.Entry, secrets));
            return new LocalTransition(
                type,
                before,
                local,
                ChangePlan.EventKind(has, local, carried) is { } kind
                    ? new LocalEvent(type.Name, remote.Key, kind, type.Type.RemoteType, after, local, carried)
                    : null);
        }
        catch (TemplateException exception)
        {
            return Faulty(exception.Message, isAbsent: false);
        }

        LocalTransition Faulty(string fault, bool isAbsent)
        {
            var kind = isRemoval ? LocalEventKind.Removed : ChangePlan.FaultyKind(isAbsent ? null : has);
            var carried = new EventSecrets(secrets, AttributeChanges.None);
            var @event = new LocalEvent(type.Name, id.Key, kind, type.Type.RemoteType, after, null, carried, fault) { RemoteBefore = remoteBefore };
            return new LocalTransition(type, before, before.Expected, @event);
        }
    }
}

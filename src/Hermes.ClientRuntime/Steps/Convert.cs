using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Events;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Turns remote events into what they mean for the client's own data model. Reads what was taken into memory, writes nothing. An event that does not
/// fit what is known is set aside.
/// </summary>
internal sealed class Convert(ClientSession session) : IClientStep
{
    private readonly Transitions _transitions = new(session);
    private readonly HeldEntries _held = new(session);

    public ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var @event in run.Events)
        {
            if (!@event.IsInWork || @event.Event is not EntryEvent entry)
                continue;
            try
            {
                @event.Converted = Converted(entry, @event.Incoming.Origin);
            }
            catch (ContradictionException contradiction)
            {
                @event.SetAside(contradiction.Message);
            }
        }

        return ValueTask.CompletedTask;
    }

    private ConvertedEvent Converted(EntryEvent @event, EventOrigin origin)
    {
        if (!session.Bound.Schema.TryGetType(@event.Type, out var type))
            throw new ContradictionException($"The data schema has no type '{@event.Type}'.");
        if (@event.Key.PartCount != type.Key.Length)
            throw new ContradictionException($"The key of '{@event.Type}' has {type.Key.Length} part(s); that of the event has {@event.Key.PartCount}.");

        var before = session.Find(EntryTable.Remote(type.Name), @event.Key);
        var (after, secrets) = After(type, @event, before.Expected);
        return _transitions.Of(type.Name, before, after, secrets, origin);
    }

    private (EntryView? Entry, AttributeChanges Secrets) After(TypeSchema type, EntryEvent @event, EntryView? before)
    {
        switch (@event, PresenceOf.View(before))
        {
            case (AddedEvent added, Presence.Live) when _held.Contains(type.Name, added.Key):
                // Its removal was missed, and held or decided against: now it is there again.
                var whole = RemoteContent.OfAdded(type, added.Attributes);
                return (new EntryView(whole.Entry), whole.Secrets);
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
}

using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Takes an event out of the error queue because somebody decided so. The expected view stays as it is: the difference to what the target has is what the next event
/// of the entry brings along.
/// </summary>
internal sealed class Discard(ClientSession session, Retry retry)
{
    /// <returns>False if no event has this number.</returns>
    public bool Run(long number, string reason)
    {
        if (session.Queue.Find(number) is not { } discarded)
            return false;
        QueueItem[] line = [.. session.Queue.Of(discarded.Id)];
        var place = Array.IndexOf(line, discarded);
        var @event = session.ReadQueued(discarded).Event;
        session.RemoveQueued(number);
        if (place + 1 < line.Length)
            Follow(line[place + 1], @event, place > 0 ? session.ReadQueued(line[place - 1]).Event.Local : AppliedOf(discarded.Id));
        session.Services.Log.Discarded(session.Model.Name, discarded.ToString(), reason);
        session.Commit();
        retry.WantPass();
        return true;
    }

    // What the next event does is another thing now, and with that what it has to wait for: a modification of what was not added adds it.
    private void Follow(QueueItem next, LocalEvent discarded, EntryView? has)
    {
        var queued = session.ReadQueued(next);
        var @event = queued.Event;
        var kind = @event.Fault is null ? ChangePlan.EventKind(has, @event.Local, @event.Secrets) ?? @event.Kind
            : @event.Kind == LocalEventKind.Removed ? @event.Kind
            : ChangePlan.FaultyKind(has);
        session.PutQueued(queued with { Event = @event with { Kind = kind, RemoteBefore = @event.Fault is null ? null : discarded.RemoteBefore } });
    }

    private EntryView? AppliedOf(EntryId id) => session.State.Find(EntryTable.Local(id.Type), id.Key).Applied;
}

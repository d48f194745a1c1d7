using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Takes events out of the error queue because somebody decided so. The expected view stays as it is: the difference to what the target has is what the next event
/// of the entry brings along.
/// </summary>
internal sealed class Discard(ClientSession session, Retry retry)
{
    /// <returns>How many there were.</returns>
    public async ValueTask<int> RunAsync(IEnumerable<long> numbers, DecidedBy by)
    {
        var count = 0;
        foreach (var item in numbers.Select(session.Queue.Find).OfType<QueueItem>())
        {
            await RunAsync(item);
            session.Services.Log.Discarded(session.Model.Name, item.ToString(), by.Actor, by.Reason);
            count++;
        }

        if (count == 0)
            return 0;
        await session.CommitAsync();
        retry.WantPass();
        return count;
    }

    private async ValueTask RunAsync(QueueItem discarded)
    {
        QueueItem[] line = [.. session.Queue.Of(discarded.Id)];
        var place = Array.IndexOf(line, discarded);
        var @event = (await session.ReadQueuedAsync(discarded)).Event;
        session.RemoveQueued(discarded.Number);
        if (place + 1 < line.Length)
            await FollowAsync(line[place + 1], @event, place > 0 ? (await session.ReadQueuedAsync(line[place - 1])).Event.Local : await AppliedOfAsync(discarded.Id));
    }

    // What the next event does is another thing now, and with that what it has to wait for: a modification of what was not added adds it.
    private async ValueTask FollowAsync(QueueItem next, LocalEvent discarded, EntryView? has)
    {
        var queued = await session.ReadQueuedAsync(next);
        var @event = queued.Event;
        var kind = @event.Fault is null ? ChangePlan.EventKind(has, @event.Local, @event.Secrets) ?? @event.Kind
            : @event.Kind == LocalEventKind.Removed ? @event.Kind
            : ChangePlan.FaultyKind(has);
        session.PutQueued(queued with { Event = @event with { Kind = kind, RemoteBefore = @event.Fault is null ? null : discarded.RemoteBefore } });
    }

    private async ValueTask<EntryView?> AppliedOfAsync(EntryId id) => (await session.FindAsync(EntryTable.Local(id.Type), id.Key)).Applied;
}

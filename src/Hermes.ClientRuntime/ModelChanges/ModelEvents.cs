using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>The events that follow a change of the data model, and those that wait already.</summary>
internal sealed class ModelEvents(ClientSession session, InFlight inFlight)
{
    private const string Reason = "follows a change of the client's data model";

    /// <summary>Puts an event at the end of the queue.</summary>
    public void Enqueue(LocalEvent @event) => session.Enqueue(@event, Waiting(@event));

    /// <summary>What is known of an event before its first attempt: what was in flight may have been with the target.</summary>
    public AttemptLog Waiting(LocalEvent @event) => AttemptLog.Waiting(Reason) with { IsInFlight = inFlight.Contains(@event.RemoteId) };

    /// <summary>The events of an entry that wait, in their order.</summary>
    public async ValueTask<QueuedEvent[]> WaitingForAsync(EntryId id)
    {
        if (!session.Queue.Contains(id))
            return [];
        var waiting = new List<QueuedEvent>();
        foreach (var item in session.Queue.Of(id).ToArray())
            waiting.Add(await session.ReadQueuedAsync(item));
        return [.. waiting];
    }
}

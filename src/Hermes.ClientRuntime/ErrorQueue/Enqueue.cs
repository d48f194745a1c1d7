using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Lets an event wait in the error queue: at its end, unless remediation lets the one before it take it in.</summary>
internal sealed class Enqueue(ClientSession session)
{
    private readonly Remediate _remediate = new(session);

    /// <param name="transition">The transition; it has an event.</param>
    /// <param name="entry">The entry, as the target has it.</param>
    /// <param name="attempts">What was tried, or what it waits for.</param>
    public async ValueTask RunAsync(LocalTransition transition, StoredEntry entry, AttemptLog attempts)
    {
        var @event = transition.Event!;
        var queued = session.Enqueue(@event, attempts);
        session.Services.Log.Queued(session.Model.Name, queued.ToString(), attempts.Message);
        var expected = @event.Fault is null ? @event.Local : entry.Expected;
        session.Put(EntryTable.Local(@event.Type), entry with { Expected = expected });
        await _remediate.RunAsync(@event.Id);
    }
}

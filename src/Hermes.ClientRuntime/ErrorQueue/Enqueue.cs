using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Lets an event wait in the error queue: as a new one, unless remediation lets the one before it take it in.</summary>
internal sealed class Enqueue(ClientSession session)
{
    private readonly Remediate _remediate = new(session);

    /// <param name="transition">The transition; it has an event.</param>
    /// <param name="entry">The entry, as the target has it.</param>
    /// <param name="attempts">What was tried, or what it waits for.</param>
    public async ValueTask RunAsync(LocalTransition transition, StoredEntry entry, AttemptLog attempts)
    {
        var @event = transition.Event!;
        var expected = @event.Fault is null ? @event.Local : entry.Expected;
        switch (await _remediate.RunAsync(@event, entry.Applied))
        {
            case Remedy.Unneeded:
                var queued = session.Enqueue(@event, attempts);
                session.Services.Log.Queued(session.Model.Name, queued.ToString(), attempts.Message);
                break;
            case Remedy.BothGone { Left: var left }:
                // In the trashbin the content follows, as that of any entry that is modified there: the next conversion starts from it.
                expected = left is { IsTrashed: true } ? @event.Local : left;
                break;
        }

        session.Put(EntryTable.Local(@event.Type), entry with { Expected = expected });
    }
}

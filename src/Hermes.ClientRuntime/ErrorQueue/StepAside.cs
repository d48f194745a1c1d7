using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Lets the object that has what an event needs step aside, where waiting would not help: it lies in the trashbin, or its entry waits itself for the one of the event,
/// as when two people swap their logins. The change of a live one puts it right when it is applied, be it after a restart.
/// </summary>
internal sealed class StepAside(ClientSession session)
{
    public async ValueTask RunAsync(QueuedEvent waiting, CancellationToken cancellationToken)
    {
        if (waiting.Attempts.Holder is not { } holder || (!await IsTrashedAsync(holder) && !IsWaitingFor(holder, waiting.Id)))
            return;
        var (isDone, fault) = await session.Services.Target.StepAsideAsync(holder, cancellationToken);
        if (isDone)
            session.Services.Log.SteppedAside(session.Model.Name, holder.ToString(), waiting.ToString());
        else if (fault is not null)
            session.Services.Log.DidNotStepAside(session.Model.Name, holder.ToString(), waiting.ToString(), fault);
    }

    private async ValueTask<bool> IsTrashedAsync(EntryId entry) =>
        (await session.FindAsync(EntryTable.Local(entry.Type), entry.Key)).Applied is { IsTrashed: true };

    // Directly, or because it waits for another one that does.
    private bool IsWaitingFor(EntryId holder, EntryId entry)
    {
        var seen = new HashSet<EntryId>();
        for (var at = holder; seen.Add(at) && session.Queue.HeadOf(at)?.Holder is { } next; at = next)
        {
            if (next == entry)
                return true;
        }

        return false;
    }
}

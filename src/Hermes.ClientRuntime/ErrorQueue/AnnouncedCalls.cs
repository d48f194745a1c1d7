using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// The calls that a slice of a pass may make. They are announced in the state by one commit, which stores the outcomes of the slice before too, so
/// that a restart knows that they may have been made.
/// </summary>
internal sealed class AnnouncedCalls(ClientSession session)
{
    // As they were before.
    private readonly SortedDictionary<long, QueuedEvent> _events = [];

    /// <summary>Announces the calls of the next events of a pass: of those whose turn it is, and those that wait for nothing else.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="most">How many at most.</param>
    public async ValueTask AnnounceAsync(RetryPass pass, int most)
    {
        foreach (var queued in await session.ReadQueuedAsync(Choose(pass, most)))
        {
            _events[queued.Number] = queued;
            session.PutQueued(queued with { Attempts = queued.Attempts with { IsInFlight = true } });
        }

        await session.CommitAsync();
    }

    /// <summary>Takes the event whose call is made now, as it was before. What comes of it is to be put into the queue.</summary>
    public bool TryTake(long number, [NotNullWhen(true)] out QueuedEvent? queued) => _events.Remove(number, out queued);

    /// <summary>Takes back that calls of an entry may be made.</summary>
    public void Withdraw(EntryId entry) => Withdraw(queued => queued.Id == entry);

    /// <summary>Takes back all calls that were not made.</summary>
    public void Withdraw() => Withdraw(_ => true);

    private void Withdraw(Func<QueuedEvent, bool> which)
    {
        foreach (var queued in _events.Values.Where(which).ToArray())
        {
            session.PutQueued(queued);
            _events.Remove(queued.Number);
        }
    }

    private List<long> Choose(RetryPass pass, int most)
    {
        var chosen = new HashSet<long>();
        foreach (var number in pass.Left)
        {
            if (chosen.Count == most)
                break;
            if (session.Queue.Find(number) is { } item && MayBeCalled(item, pass, chosen))
                chosen.Add(number);
        }

        return [.. chosen];
    }

    private bool MayBeCalled(QueueItem item, RetryPass pass, HashSet<long> chosen) =>
        Hold.BlockerOf(session.Queue, session.Model.Settings.ForeignKeys, item.Id, item.RemoteId, item.Kind, item.Number) is { } blocker
            ? chosen.Contains(blocker.Number) && (blocker.Id == item.Id || pass.IsDue(item))
            : pass.IsDue(item);
}

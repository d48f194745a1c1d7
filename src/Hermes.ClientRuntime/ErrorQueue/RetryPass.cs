using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>One pass over the error queue, from its first event to its last, and how far it has come.</summary>
/// <param name="numbers">The numbers of the events, in their order.</param>
/// <param name="isDue">Whether an event is to be tried if nothing has set it free.</param>
/// <param name="nextQueueNumber">The number of the next event that goes into the queue.</param>
internal sealed class RetryPass(long[] numbers, Func<QueueItem, bool> isDue, long nextQueueNumber)
{
    private readonly HashSet<EntryId> _freed = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _place;
    private volatile bool _isCancelled;

    /// <summary>Events with this number or a greater one have come after the pass was begun.</summary>
    public long NextQueueNumber => nextQueueNumber;

    /// <summary>Completes when all have been tried.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The number of the next event; null at the end.</summary>
    public long? Next => !_isCancelled && _place < numbers.Length ? numbers[_place] : null;

    /// <summary>How many events it has.</summary>
    public int Total => numbers.Length;

    /// <summary>How many it has gone through. May be asked by anybody.</summary>
    public int Passed => _place;

    /// <summary>How many events the target has taken. May be asked by anybody.</summary>
    public int Succeeded { get; private set; }

    /// <summary>The numbers from the next event on.</summary>
    public ReadOnlySpan<long> Left => numbers.AsSpan(_place);

    public void MoveOn() => _place++;

    /// <summary>An event of this entry has succeeded: the one that follows it is next, whenever it was tried before.</summary>
    public void Free(EntryId entry)
    {
        _freed.Add(entry);
        Succeeded++;
    }

    /// <summary>Lets it end with its next slice. May be called by anybody.</summary>
    public void Cancel() => _isCancelled = true;

    /// <summary>Whether an event is the first of its entry, and due.</summary>
    public bool IsTurnOf(QueueItem item, EventQueue queue) => queue.HeadOf(item.Id)!.Number == item.Number && IsDue(item);

    /// <summary>Whether an event is due, or set free.</summary>
    public bool IsDue(QueueItem item) => _freed.Contains(item.Id) || isDue(item);

    public void End() => _ended.TrySetResult();

    public void Fail(Exception reason) => _ended.TrySetException(reason);
}

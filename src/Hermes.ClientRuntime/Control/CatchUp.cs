using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.Control;

/// <summary>Those who wait until the client has caught up with the bus. Called by the client itself alone.</summary>
internal sealed class CatchUp
{
    private readonly List<Waiter> _waiters = [];

    /// <summary>How often the client has begun to read.</summary>
    public long Beginnings { get; private set; }

    /// <summary>Registers someone who waits until everything up to an offset is done.</summary>
    /// <param name="place">Where the client was to read on, before the bus was asked for its last offset.</param>
    /// <param name="beginnings">How often it had begun to read by then.</param>
    /// <param name="last">The last offset on the bus; null if nothing is there.</param>
    /// <param name="done">Told when it is done.</param>
    /// <returns>False if the client has begun anew since: then ask again.</returns>
    public bool TryAdd(BusOffset? place, long beginnings, BusOffset? last, TaskCompletionSource done)
    {
        if (beginnings != Beginnings)
            return false;
        _waiters.Add(new Waiter(last, done) { IsBeyondEnd = last is { } end && place > end.Next });
        return true;
    }

    /// <summary>Takes note of where the client begins to read.</summary>
    public void BeginsAt(BusOffset? place)
    {
        Beginnings++;
        foreach (var waiter in _waiters)
            waiter.IsBeyondEnd &= place > waiter.Last?.Next;
    }

    /// <summary>Tells those whose messages are done. Everything done is stored.</summary>
    public void Complete(ClientSession session) => _waiters.RemoveAll(waiter =>
    {
        var isDone = !waiter.IsBeyondEnd && (waiter.Last is not { } last || session.Position.Next > last);
        if (isDone)
            waiter.Done.TrySetResult();
        return isDone;
    });

    /// <summary>Ends all waits: the client stops.</summary>
    public void Close(Exception reason)
    {
        foreach (var waiter in _waiters)
            waiter.Done.TrySetException(reason);
        _waiters.Clear();
    }

    private sealed class Waiter(BusOffset? last, TaskCompletionSource done)
    {
        public BusOffset? Last { get; } = last;

        public TaskCompletionSource Done { get; } = done;

        /// <summary>Whether the client has still to find out that its place lies beyond the end of a bus that was put back or replaced, and to begin anew.</summary>
        public bool IsBeyondEnd { get; set; }
    }
}

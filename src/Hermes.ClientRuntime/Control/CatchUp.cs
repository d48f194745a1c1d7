using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.Control;

/// <summary>Those who wait until the client has caught up with the bus. Called by the client itself alone.</summary>
internal sealed class CatchUp
{
    private readonly List<(BusOffset? Last, TaskCompletionSource Done)> _waiters = [];

    /// <summary>Registers someone who waits until everything up to an offset is done.</summary>
    public void Add(BusOffset? last, TaskCompletionSource done) => _waiters.Add((last, done));

    /// <summary>Tells those whose messages are done. Everything done is stored.</summary>
    public void Complete(ClientSession session) => _waiters.RemoveAll(waiter =>
    {
        var isDone = waiter.Last is not { } last || session.Position.Next > last;
        if (isDone)
            waiter.Done.TrySetResult();
        return isDone;
    });

    /// <summary>Ends all waits: the client stops.</summary>
    public void Close(Exception reason)
    {
        foreach (var (_, done) in _waiters)
            done.TrySetException(reason);
        _waiters.Clear();
    }
}

using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses.WholeWay;

/// <summary>Passes messages on, tells when it is sending those from a number on, and counts the sends that failed.</summary>
internal sealed class WatchedProducer(IMessageBusProducer inner) : IMessageBusProducer
{
    private readonly Lock _gate = new();
    private int _handedOver;
    private int _failures;
    private (int Count, TaskCompletionSource Reached)? _mark;

    /// <summary>How many sends failed.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Completes while a send is under way, once so many messages were handed over from now on; resent ones count again.</summary>
    public Task SendingAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            (_handedOver, _mark) = (0, (count, reached));
        return reached.Task;
    }

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        var sending = inner.SendAsync(messages, cancellationToken);
        lock (_gate)
        {
            _handedOver += messages.Count;
            if (_mark is { } wanted && _handedOver >= wanted.Count)
                wanted.Reached.TrySetResult();
        }

        try
        {
            await sending;
        }
        catch (BusException)
        {
            Interlocked.Increment(ref _failures);
            throw;
        }
    }

    public bool IsConnected => inner.IsConnected;

    public IMessageBusConsumer OpenReader() => inner.OpenReader();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

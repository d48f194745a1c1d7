using System.Threading.Channels;

namespace Hermes.Runtime.Control;

/// <summary>Requests from other threads, to be answered by who works, between two pieces of work and in the order in which they came.</summary>
/// <typeparam name="TWorker">What a request is given to work with.</typeparam>
internal sealed class Mailbox<TWorker>
{
    private readonly Channel<Request<TWorker>> _requests = Channel.CreateUnbounded<Request<TWorker>>(new UnboundedChannelOptions { SingleReader = true });
    private TaskCompletionSource _arrival = NewArrival();
    private NotRunningException? _closed;

    /// <summary>Completes when the next request arrives, whatever waits already.</summary>
    public Task NextArrival => Volatile.Read(ref _arrival).Task;

    /// <summary>Asks for something and waits for the answer.</summary>
    /// <exception cref="NotRunningException">Nobody answers any more.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<TWorker, CancellationToken, ValueTask<TAnswer>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new Request<TWorker, TAnswer>(work);
        if (!_requests.Writer.TryWrite(request))
            throw _closed!;
        Interlocked.Exchange(ref _arrival, NewArrival()).TrySetResult();
        return await request.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Completes when a request can be taken.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _requests.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Waits for a request, or until a time has passed.</summary>
    /// <returns>The request, or null if the time has passed.</returns>
    public async Task<Request<TWorker>?> TakeAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var arrival = NextArrival;
        if (_requests.Reader.TryRead(out var waiting))
            return waiting;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(timeout, time, end.Token), arrival);
        await end.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return _requests.Reader.TryRead(out var request) ? request : null;
    }

    /// <summary>Answers everything that was asked by now.</summary>
    public async ValueTask ServeAsync(TWorker worker, CancellationToken cancellationToken)
    {
        while (_requests.Reader.TryRead(out var request))
            await request.AnswerAsync(worker, cancellationToken);
    }

    /// <summary>Refuses what waits and what comes.</summary>
    public void Close(NotRunningException reason)
    {
        _closed = reason;
        _requests.Writer.TryComplete();
        while (_requests.Reader.TryRead(out var request))
            request.Refuse(reason);
    }

    // Who waits goes on elsewhere, never inside of who asks.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

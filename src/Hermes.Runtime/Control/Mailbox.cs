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

    /// <summary>Asks for something and waits for the answer, however long that takes.</summary>
    /// <exception cref="NotRunningException">Nobody answers any more.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<TWorker, CancellationToken, ValueTask<TAnswer>> work, CancellationToken cancellationToken)
    {
        return await Post(work, isPatient: true, cancellationToken).Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Asks for something, and waits until it is being answered for a while only.</summary>
    /// <param name="work">What is asked.</param>
    /// <param name="patience">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="reason">Why it was not answered by then.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="NotRunningException">Nobody answers any more, or in time.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(
        Func<TWorker, CancellationToken, ValueTask<TAnswer>> work, TimeSpan patience, TimeProvider time, Func<NotRunningException> reason, CancellationToken cancellationToken)
    {
        var request = Post(work, isPatient: false, cancellationToken);
        using (time.CreateTimer(_ => request.Refuse(reason()), null, patience, Timeout.InfiniteTimeSpan))
            return await request.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Lets who works, and waits for requests, look around.</summary>
    public void Wake() => Post<bool>(static (_, _) => ValueTask.FromResult(true), isPatient: true, CancellationToken.None);

    /// <summary>Completes when a request can be taken.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _requests.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Waits for a request, until something else happens or a time has passed.</summary>
    /// <returns>The request, or null if there is none.</returns>
    public async Task<Request<TWorker>?> TakeAsync(TimeSpan timeout, Task other, TimeProvider time, CancellationToken cancellationToken)
    {
        var arrival = NextArrival;
        if (_requests.Reader.TryRead(out var waiting))
            return waiting;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(timeout, time, end.Token), arrival, other);
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

    /// <summary>Refuses what waits and is not patient; what comes may be answered.</summary>
    public void Refuse(NotRunningException reason)
    {
        var patient = new List<Request<TWorker>>();
        while (_requests.Reader.TryRead(out var request))
        {
            if (request.IsPatient)
                patient.Add(request);
            else
                request.Refuse(reason);
        }

        foreach (var request in patient)
            _requests.Writer.TryWrite(request);
    }

    /// <summary>Refuses what waits and what comes.</summary>
    public void Close(NotRunningException reason)
    {
        _closed = reason;
        _requests.Writer.TryComplete();
        while (_requests.Reader.TryRead(out var request))
            request.Refuse(reason);
    }

    private Request<TWorker, TAnswer> Post<TAnswer>(Func<TWorker, CancellationToken, ValueTask<TAnswer>> work, bool isPatient, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new Request<TWorker, TAnswer>(work) { IsPatient = isPatient };
        if (!_requests.Writer.TryWrite(request))
            throw _closed!;
        Interlocked.Exchange(ref _arrival, NewArrival()).TrySetResult();
        return request;
    }

    // Who waits goes on elsewhere, never inside of who asks.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Something that was asked of a server or client.</summary>
internal abstract class Request<TWorker>
{
    /// <summary>Whether who asked waits however long it takes.</summary>
    public required bool IsPatient { get; init; }

    /// <summary>Does what was asked and answers. Whoever works learns of a failure too, unless who asked is to blame.</summary>
    public abstract ValueTask AnswerAsync(TWorker worker, CancellationToken cancellationToken);

    /// <summary>Ends the wait of who asked, if the answer was not begun.</summary>
    public abstract void Refuse(Exception reason);
}

/// <summary>Something that was asked, with its answer.</summary>
internal sealed class Request<TWorker, TAnswer>(Func<TWorker, CancellationToken, ValueTask<TAnswer>> work) : Request<TWorker>
{
    // Who waits goes on elsewhere, never inside of who works.
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isTaken;

    public Task<TAnswer> Answer => _answer.Task;

    public override async ValueTask AnswerAsync(TWorker worker, CancellationToken cancellationToken)
    {
        // What was refused must not be done after all.
        if (Interlocked.Exchange(ref _isTaken, true))
            return;
        try
        {
            _answer.TrySetResult(await work(worker, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _answer.TrySetCanceled(cancellationToken);
            throw;
        }
        catch (ArgumentException exception)
        {
            // The one who asked is wrong, not the one who works.
            _answer.TrySetException(exception);
        }
        catch (Exception exception)
        {
            _answer.TrySetException(exception);
            throw;
        }
    }

    public override void Refuse(Exception reason)
    {
        if (!Interlocked.Exchange(ref _isTaken, true))
            _answer.TrySetException(reason);
    }
}

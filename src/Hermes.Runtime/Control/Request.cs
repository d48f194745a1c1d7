namespace Hermes.Runtime.Control;

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

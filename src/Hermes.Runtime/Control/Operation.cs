namespace Hermes.Runtime.Control;

/// <summary>Something that takes long, and works beside whoever wanted it. It lives as long as its server or client, and does not go on after a restart.</summary>
public sealed class Operation
{
    private readonly TaskCompletionSource<OperationStatus> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private readonly Lock _lock = new();
    private Func<(long Done, long Passed, long? Total)>? _progress;
    private OperationStatus _status;

    internal Operation(OperationStatus begun) => _status = begun;

    /// <summary>What it is called.</summary>
    public string Id => _status.Id;

    /// <summary>How it is doing. Never waits.</summary>
    public OperationStatus Status
    {
        get
        {
            lock (_lock)
                return Now();
        }
    }

    /// <summary>Completes when it has ended, with how it ended, whatever that is.</summary>
    public Task<OperationStatus> Completion => _completion.Task;

    /// <summary>Why it failed; null if it did not.</summary>
    public Exception? Failure { get; private set; }

    internal CancellationToken Cancelled => _cancel.Token;

    /// <summary>Lets it end soon; what it has done stays done. Nothing if it has ended.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <inheritdoc/>
    public override string ToString() => Status.ToString();

    /// <summary>Says how to find out how far it has come.</summary>
    internal void Watch(Func<(long Done, long Passed, long? Total)> progress)
    {
        lock (_lock)
            _progress = progress;
    }

    internal OperationStatus End(OperationState state, DateTimeOffset time, Exception? failure)
    {
        lock (_lock)
        {
            Failure = failure;
            _status = Now() with { State = state, EndedAt = time, Error = failure?.Message };
            _progress = null;
        }

        _completion.TrySetResult(_status);
        return _status;
    }

    private OperationStatus Now()
    {
        if (_progress is null)
            return _status;
        var (done, passed, total) = _progress();
        return _status with { Done = done, Passed = passed, Total = total };
    }
}

namespace Hermes.ServerRuntime.Control;

/// <summary>The requests that wait for a server's loop.</summary>
internal sealed class RequestQueue
{
    private readonly Lock _lock = new();
    private readonly Queue<ServerRequest> _waiting = [];
    private CancellationTokenSource _arrival = new();
    private Exception? _closed;

    /// <summary>Whether a request waits.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0;
        }
    }

    public void Add(ServerRequest request)
    {
        CancellationTokenSource arrival;
        lock (_lock)
        {
            if (_closed is not null)
            {
                request.Refuse(_closed);
                return;
            }

            _waiting.Enqueue(request);
            arrival = _arrival;
        }

        arrival.Cancel();
    }

    /// <summary>Is cancelled when the next request comes.</summary>
    public CancellationToken NextArrival()
    {
        lock (_lock)
        {
            _arrival = new CancellationTokenSource();
            return _arrival.Token;
        }
    }

    /// <summary>Waits for a request or until a time has passed.</summary>
    /// <returns>The request, or null if the time has passed.</returns>
    public async Task<ServerRequest?> TakeAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var arrival = NextArrival();
        if (TryTake() is { } waiting)
            return waiting;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(arrival, cancellationToken);
        try
        {
            await Task.Delay(timeout, time, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A request came.
        }

        return TryTake();
    }

    /// <summary>Refuses what waits and what comes.</summary>
    public void Close(Exception reason)
    {
        List<ServerRequest> left;
        lock (_lock)
        {
            _closed = reason;
            left = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var request in left)
            request.Refuse(reason);
    }

    private ServerRequest? TryTake()
    {
        lock (_lock)
            return _waiting.TryDequeue(out var request) ? request : null;
    }
}

namespace Hermes.Http.Connection;

/// <summary>Keeps a least time between the beginnings of requests.</summary>
internal sealed class RequestPace(TimeSpan interval, TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    /// <summary>Waits for the turn of a request.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (interval == TimeSpan.Zero)
            return;
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            wait = _next > now ? _next - now : TimeSpan.Zero;
            _next = now + wait + interval;
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
    }
}

namespace Hermes.Runtime.Resilience;

/// <summary>How long to wait after each failure: briefly at first, then twice as long each time, up to a longest wait.</summary>
/// <param name="first">The wait after the first failure.</param>
/// <param name="longest">The longest wait; if shorter than the first, the first.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Numbers from 0 to 1, for tests. Default: random ones.</param>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, TimeProvider time, Func<double>? random = null)
{
    // Those that failed together are not to come back together: a wait is shortened by up to this share of it.
    private const double Jitter = 0.2;

    private readonly Func<double> _random = random ?? Random.Shared.NextDouble;
    private TimeSpan? _last;

    /// <summary>The wait after one more failure.</summary>
    public TimeSpan Next()
    {
        _last = _last is not { } last ? first : last < longest / 2 ? last * 2 : last < longest ? longest : last;
        return _last.Value * (1 - (Jitter * _random()));
    }

    /// <summary>Begins anew: the work succeeded.</summary>
    public void Reset() => _last = null;

    /// <summary>Waits.</summary>
    /// <param name="wait">How long.</param>
    /// <param name="interrupted">Ends the wait early, such as the arrival of a request.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task WaitAsync(TimeSpan wait, Task interrupted, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(wait, time, end.Token), interrupted);
        await end.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}

namespace Hermes.Runtime.Control;

/// <summary>Holds a status: written by who works, read by anybody.</summary>
/// <param name="initial">The status before the start.</param>
internal sealed class StatusBoard<TStatus>(TStatus initial)
    where TStatus : class
{
    private readonly Lock _lock = new();
    private volatile TStatus _current = initial;

    public TStatus Current => _current;

    public void Update(Func<TStatus, TStatus> change)
    {
        lock (_lock)
            _current = change(_current);
    }
}

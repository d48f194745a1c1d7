namespace Hermes.ServerRuntime.Control;

/// <summary>Holds the status of a server: written by the server's loop, read by anybody.</summary>
internal sealed class StatusBoard(string name)
{
    private readonly Lock _lock = new();
    private volatile ServerStatus _current = new() { Name = name };

    public ServerStatus Current => _current;

    public void Update(Func<ServerStatus, ServerStatus> change)
    {
        lock (_lock)
            _current = change(_current);
    }
}

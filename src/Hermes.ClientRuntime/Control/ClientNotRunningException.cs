namespace Hermes.ClientRuntime.Control;

/// <summary>A request cannot be answered because the client is not running.</summary>
public sealed class ClientNotRunningException : InvalidOperationException
{
    /// <summary>Makes an exception.</summary>
    public ClientNotRunningException(string client, string? lastError)
        : base(lastError is null ? $"The client '{client}' is not running." : $"The client '{client}' is not running: {lastError}")
    {
    }
}

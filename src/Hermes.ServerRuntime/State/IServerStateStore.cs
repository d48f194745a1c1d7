namespace Hermes.ServerRuntime.State;

/// <summary>The place where the state of one server is kept between its runs.</summary>
public interface IServerStateStore
{
    /// <summary>Opens the state for this process alone.</summary>
    /// <exception cref="ServerStateException">It is used by another server, or cannot be read.</exception>
    IServerState Open();
}

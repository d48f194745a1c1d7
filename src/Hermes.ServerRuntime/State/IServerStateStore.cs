using Hermes.Runtime.State;
namespace Hermes.ServerRuntime.State;

/// <summary>The place where the state of one server is kept between its runs.</summary>
public interface IServerStateStore
{
    /// <summary>Opens the state for this process alone. While another one holds it, it says so once and waits.</summary>
    /// <param name="opening">The clock to wait by, and who is told of the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServerStateException">The state cannot be read.</exception>
    ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken);
}

using Hermes.Runtime.State;

namespace Hermes.ClientRuntime.State;

/// <summary>The place where the state of one client is kept between its runs.</summary>
public interface IClientStateStore
{
    /// <summary>Opens the state for this process alone. While another process holds it, this waits, and looks again about every second.</summary>
    /// <param name="opening">The clock, and whom to tell that it waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ClientStateException">It cannot be read.</exception>
    ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken);
}

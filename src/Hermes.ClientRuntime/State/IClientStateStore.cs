namespace Hermes.ClientRuntime.State;

/// <summary>The place where the state of one client is kept between its runs.</summary>
public interface IClientStateStore
{
    /// <summary>Opens the state for this process alone.</summary>
    /// <exception cref="ClientStateException">It is used by another client, or cannot be read.</exception>
    IClientState Open();
}

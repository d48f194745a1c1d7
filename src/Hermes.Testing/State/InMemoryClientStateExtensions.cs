using Hermes.Runtime.Registration;
using Hermes.Testing.State;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the state of a client in memory.</summary>
public static class InMemoryClientStateExtensions
{
    /// <summary>Keeps the state of the client in this object, or in one that dies with the host.</summary>
    public static IHermesClientBuilder UseInMemoryState(this IHermesClientBuilder client, InMemoryClientState? state = null)
    {
        var store = state ?? new InMemoryClientState();
        return client.UseState(_ => store);
    }
}

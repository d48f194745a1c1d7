using Hermes.Runtime.Registration;
using Hermes.Testing.State;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the state of a server in memory.</summary>
public static class InMemoryStateExtensions
{
    /// <summary>Keeps the state of the server in this object; give it to the next server to let that one go on.</summary>
    public static IHermesServerBuilder UseInMemoryState(this IHermesServerBuilder server, InMemoryServerState state) => server.UseState(_ => state);
}

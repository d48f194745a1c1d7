using Hermes.Runtime.Registration;
using Hermes.Testing.Sources;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives a server of a test data from memory.</summary>
public static class InMemorySourceExtensions
{
    /// <summary>Reads from this source, which the test changes.</summary>
    public static IHermesServerBuilder AddInMemorySource(this IHermesServerBuilder server, string name, InMemorySource source)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(source);
        return server.AddSource(name, _ => source);
    }
}

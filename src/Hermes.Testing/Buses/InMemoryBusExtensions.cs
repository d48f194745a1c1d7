using Hermes.Runtime.Registration;
using Hermes.Testing.Buses;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a bus in memory between servers and clients of a test.</summary>
public static class InMemoryBusExtensions
{
    /// <summary>Sends to this bus.</summary>
    public static IHermesServerBuilder UseInMemoryBus(this IHermesServerBuilder server, InMemoryBus bus)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(bus);
        return server.UseBus(_ => bus.CreateProducer());
    }

    /// <summary>Reads from this bus.</summary>
    public static IHermesClientBuilder UseInMemoryBus(this IHermesClientBuilder client, InMemoryBus bus)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(bus);
        return client.UseBus(_ => bus.CreateConsumer());
    }
}

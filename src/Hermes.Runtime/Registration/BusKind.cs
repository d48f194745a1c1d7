using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Buses;

namespace Hermes.Runtime.Registration;

/// <summary>
/// A kind of message bus: how its two sides are made of the same options. The extension methods of an adapter call its methods, each of them one.
/// </summary>
/// <param name="name">The name of the kind in a configuration: <c>"Bus": { "Kind": "..." }</c>.</param>
/// <param name="producer">Makes the side of a server.</param>
/// <param name="consumer">Makes the side of a client.</param>
/// <typeparam name="TOptions">The settings, with their data annotations.</typeparam>
public sealed class BusKind<[DynamicallyAccessedMembers(
    DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    string name, Func<IServiceProvider, TOptions, IMessageBusProducer> producer, Func<IServiceProvider, TOptions, IMessageBusConsumer> consumer)
    where TOptions : class, new()
{
    /// <summary>Lets a server send to such a bus, with settings from code; they are checked when the server starts.</summary>
    public IHermesServerBuilder Use(IHermesServerBuilder server, Action<TOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.UseBus(services => producer(services, PartOptions.Make("Bus", configure)));
    }

    /// <summary>Lets a client read from such a bus, with settings from code; they are checked when the client starts.</summary>
    public IHermesClientBuilder Use(IHermesClientBuilder client, Action<TOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.UseBus(services => consumer(services, PartOptions.Make("Bus", configure)));
    }

    /// <summary>Lets the configuration of a server name this kind.</summary>
    public IHermesServerBuilder Add(IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.AddBusKind(name, settings => producer(settings.Services, settings.Read<TOptions>()));
    }

    /// <summary>Lets the configuration of a client name this kind.</summary>
    public IHermesClientBuilder Add(IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.AddBusKind(name, settings => consumer(settings.Services, settings.Read<TOptions>()));
    }
}

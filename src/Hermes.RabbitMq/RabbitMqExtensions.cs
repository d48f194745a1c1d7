using Hermes.RabbitMq;
using Hermes.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A RabbitMQ stream as the message bus.</summary>
public static class RabbitMqExtensions
{
    /// <summary>The kind of this bus in a configuration.</summary>
    private const string Kind = "RabbitMq";

    /// <summary>Sends to a RabbitMQ stream.</summary>
    public static IHermesServerBuilder UseRabbitMq(this IHermesServerBuilder server, Action<RabbitMqOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.UseBus(services => Producer(services, PartOptions.Make($"Hermes:Servers:{server.Name}:Bus", configure)));
    }

    /// <summary>Reads from a RabbitMQ stream.</summary>
    public static IHermesClientBuilder UseRabbitMq(this IHermesClientBuilder client, Action<RabbitMqOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.UseBus(services => Consumer(services, PartOptions.Make($"Hermes:Clients:{client.Name}:Bus", configure)));
    }

    /// <summary>Lets the configuration of a server say <c>"Bus": { "Kind": "RabbitMq", "Host": "..." }</c>.</summary>
    public static IHermesServerBuilder AddRabbitMqBus(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.AddBusKind(Kind, settings => Producer(settings.Services, settings.Read<RabbitMqOptions>()));
    }

    /// <summary>Lets the configuration of a client say <c>"Bus": { "Kind": "RabbitMq", "Host": "..." }</c>.</summary>
    public static IHermesClientBuilder AddRabbitMqBus(this IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.AddBusKind(Kind, settings => Consumer(settings.Services, settings.Read<RabbitMqOptions>()));
    }

    private static RabbitMqProducer Producer(IServiceProvider services, RabbitMqOptions options) =>
        new(options, services.GetService<TimeProvider>() ?? TimeProvider.System);

    private static RabbitMqConsumer Consumer(IServiceProvider services, RabbitMqOptions options) =>
        new(options, services.GetService<TimeProvider>() ?? TimeProvider.System);
}

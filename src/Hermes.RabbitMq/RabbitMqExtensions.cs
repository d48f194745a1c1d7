using Hermes.RabbitMq;
using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A RabbitMQ stream as the message bus.</summary>
public static class RabbitMqExtensions
{
    private static readonly BusKind<RabbitMqOptions> RabbitMq = new(
        "RabbitMq",
        (services, options) => new RabbitMqProducer(options, services.GetService<TimeProvider>() ?? TimeProvider.System),
        (services, options) => new RabbitMqConsumer(options, services.GetService<TimeProvider>() ?? TimeProvider.System));

    /// <summary>Sends to a RabbitMQ stream.</summary>
    public static IHermesServerBuilder UseRabbitMq(this IHermesServerBuilder server, Action<RabbitMqOptions> configure) =>
        RabbitMq.Use(server, configure);

    /// <summary>Reads from a RabbitMQ stream.</summary>
    public static IHermesClientBuilder UseRabbitMq(this IHermesClientBuilder client, Action<RabbitMqOptions> configure) =>
        RabbitMq.Use(client, configure);

    /// <summary>Lets the configuration of a server say <c>"Bus": { "Kind": "RabbitMq", "Host": "..." }</c>.</summary>
    public static IHermesServerBuilder AddRabbitMqKinds(this IHermesServerBuilder server) => RabbitMq.Add(server);

    /// <summary>Lets the configuration of a client say <c>"Bus": { "Kind": "RabbitMq", "Host": "..." }</c>.</summary>
    public static IHermesClientBuilder AddRabbitMqKinds(this IHermesClientBuilder client) => RabbitMq.Add(client);
}

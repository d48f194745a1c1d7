using Hermes.Kafka;
using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A Kafka topic as the message bus.</summary>
public static class KafkaExtensions
{
    private static readonly BusKind<KafkaOptions> Kafka = new(
        "Kafka",
        (services, options) => new KafkaProducer(options, services.GetService<TimeProvider>() ?? TimeProvider.System),
        (services, options) => new KafkaConsumer(options, services.GetService<TimeProvider>() ?? TimeProvider.System));

    /// <summary>Sends to a Kafka topic.</summary>
    public static IHermesServerBuilder UseKafka(this IHermesServerBuilder server, Action<KafkaOptions> configure) =>
        Kafka.Use(server, configure);

    /// <summary>Reads from a Kafka topic.</summary>
    public static IHermesClientBuilder UseKafka(this IHermesClientBuilder client, Action<KafkaOptions> configure) =>
        Kafka.Use(client, configure);

    /// <summary>Lets the configuration of a server say <c>"Bus": { "Kind": "Kafka", "BootstrapServers": "..." }</c>.</summary>
    public static IHermesServerBuilder AddKafkaKinds(this IHermesServerBuilder server) => Kafka.Add(server);

    /// <summary>Lets the configuration of a client say <c>"Bus": { "Kind": "Kafka", "BootstrapServers": "..." }</c>.</summary>
    public static IHermesClientBuilder AddKafkaKinds(this IHermesClientBuilder client) => Kafka.Add(client);
}

using Hermes.Kafka;
using Hermes.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A Kafka topic as the message bus.</summary>
public static class KafkaExtensions
{
    /// <summary>The kind of this bus in a configuration.</summary>
    private const string Kind = "Kafka";

    /// <summary>Sends to a Kafka topic.</summary>
    public static IHermesServerBuilder UseKafka(this IHermesServerBuilder server, Action<KafkaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.UseBus(services => Producer(services, PartOptions.Make($"Hermes:Servers:{server.Name}:Bus", configure)));
    }

    /// <summary>Reads from a Kafka topic.</summary>
    public static IHermesClientBuilder UseKafka(this IHermesClientBuilder client, Action<KafkaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.UseBus(_ => new KafkaConsumer(PartOptions.Make($"Hermes:Clients:{client.Name}:Bus", configure)));
    }

    /// <summary>Lets the configuration of a server say <c>"Bus": { "Kind": "Kafka", "BootstrapServers": "..." }</c>.</summary>
    public static IHermesServerBuilder AddKafkaBus(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.AddBusKind(Kind, settings => Producer(settings.Services, settings.Read<KafkaOptions>()));
    }

    /// <summary>Lets the configuration of a client say <c>"Bus": { "Kind": "Kafka", "BootstrapServers": "..." }</c>.</summary>
    public static IHermesClientBuilder AddKafkaBus(this IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.AddBusKind(Kind, settings => new KafkaConsumer(settings.Read<KafkaOptions>()));
    }

    private static KafkaProducer Producer(IServiceProvider services, KafkaOptions options) =>
        new(options, services.GetService<TimeProvider>() ?? TimeProvider.System);
}

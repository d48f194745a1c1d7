using Confluent.Kafka;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.Kafka.Tests;

/// <summary>A topic of its own on the real broker that the tests share.</summary>
internal sealed class KafkaServerBus(KafkaServer server, KafkaOptions options) : IBrokerTestBus, IHangingTestBus
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    public KafkaOptions Options => options;

    public static async Task<KafkaServerBus> MakeAsync(KafkaServer server)
    {
        var options = ForOldBroker($"127.0.0.1:{server.Port}", $"test-{Guid.NewGuid():N}");
        await server.CreateTopicAsync(options.Topic);
        var bus = new KafkaServerBus(server, options);
        await bus.KnowsTopicAsync();
        return bus;
    }

    /// <summary>
    /// Settings for a broker that knows no idempotent producers: with one request under way, order is kept, and a message may stand on the topic twice.
    /// A user is refused them.
    /// </summary>
    public static KafkaOptions ForOldBroker(string brokers, string topic) => new()
    {
        BootstrapServers = brokers,
        Topic = topic,
        CreateTopic = false,
        SendTimeout = TimeSpan.FromSeconds(3),
        AnswerTimeout = TimeSpan.FromSeconds(3),
        LibrarySettings =
        {
            ["enable.idempotence"] = "false",
            ["enable.gapless.guarantee"] = "false",
            ["max.in.flight"] = "1",
            ["api.version.request"] = "false",
            ["broker.version.fallback"] = "0.9.0.1",
        },
    };

    public IMessageBusProducer CreateProducer() => new KafkaProducer(options, TimeProvider.System);

    public IMessageBusConsumer CreateConsumer() => new KafkaConsumer(options, TimeProvider.System);

    public Task KillBrokerAsync() => server.KillAsync();

    public async Task StartBrokerAsync()
    {
        await server.RestartAsync();
        await KnowsTopicAsync();
    }

    public void FreezeBroker() => server.Freeze();

    public void ThawBroker() => server.Thaw();

    public ITestBus AtUnknownHost() => new KafkaServerBus(server, ForOldBroker("no-such-host.invalid:9092", options.Topic));

    public ITestBus WithMissingLog() => new KafkaServerBus(server, ForOldBroker(options.BootstrapServers, "no-such-topic"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A broker that has just started does not know its topics for a moment.
    private async Task KnowsTopicAsync()
    {
        var config = new AdminClientConfig { BootstrapServers = options.BootstrapServers, ApiVersionRequest = false, BrokerVersionFallback = "0.9.0.1" };
        using var admin = new AdminClientBuilder(config).SetLogHandler((_, _) => { }).Build();
        await Polling.UntilAsync(
            _ => Task.Run(() =>
            {
                try
                {
                    return admin.GetMetadata(options.Topic, Bound).Topics[0] is { Error.IsError: false, Partitions: [{ Error.IsError: false }] };
                }
                catch (KafkaException)
                {
                    return false;
                }
            }),
            Bound,
            $"the topic {options.Topic}");
    }
}

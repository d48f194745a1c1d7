using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;

namespace Hermes.Kafka.Tests;

/// <summary>A topic of its own on the mock cluster that the tests share.</summary>
internal sealed class KafkaTestBus(MockCluster cluster, KafkaOptions options) : IBrokerTestBus, IRetainingTestBus
{
    public KafkaOptions Options => options;

    public static KafkaTestBus Make(MockCluster cluster, int partitions = 1)
    {
        var options = new KafkaOptions { BootstrapServers = cluster.BootstrapServers, Topic = $"test-{Guid.NewGuid():N}" };
        cluster.CreateTopic(options.Topic, partitions);
        return new KafkaTestBus(cluster, options);
    }

    public IMessageBusProducer CreateProducer() => new KafkaProducer(options, TimeProvider.System);

    public IMessageBusConsumer CreateConsumer() => new KafkaConsumer(options, TimeProvider.System);

    public Task KillBrokerAsync()
    {
        cluster.TakeDown();
        return Task.CompletedTask;
    }

    public Task StartBrokerAsync()
    {
        cluster.BringUp();
        return Task.CompletedTask;
    }

    public ITestBus AtUnknownHost() => new KafkaTestBus(cluster, new() { BootstrapServers = "no-such-host.invalid:9092", Topic = options.Topic });

    public ITestBus WithMissingLog() => new KafkaTestBus(cluster, new() { BootstrapServers = cluster.BootstrapServers, Topic = "no-such-topic", CreateTopic = false });

    /// <summary>The mock cluster keeps 5 MB of a partition.</summary>
    public async Task RemoveFirstMessageAsync()
    {
        await using var producer = CreateProducer();
        for (var number = 1000; number < 1100; number += 10)
            await producer.SendAsync(BusMessages.Numbered(number, 10, size: 70_000), default);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

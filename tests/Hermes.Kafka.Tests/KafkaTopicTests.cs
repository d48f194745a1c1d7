using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.Kafka.Tests;

[Collection(nameof(MockCluster))]
public sealed class KafkaTopicTests(SharedServer<MockCluster> shared)
{
    [ServerFact]
    public async Task Topic_of_several_partitions_is_refused_by_both_sides()
    {
        await using var bus = KafkaTestBus.Make(await shared.GetAsync(), partitions: 3);

        foreach (var fault in await BusFaults.OfAllCallsAsync(bus))
        {
            fault.Fault.Should().Be(FaultKind.Permanent);
            fault.Message.Should().Contain("has 3 partitions");
        }
    }

    [ServerFact]
    public async Task Message_of_another_producer_is_read()
    {
        var cluster = await shared.GetAsync();
        await using var bus = KafkaTestBus.Make(cluster);
        using (var other = new Confluent.Kafka.ProducerBuilder<string?, string?>(new Confluent.Kafka.ProducerConfig { BootstrapServers = cluster.BootstrapServers }).Build())
        {
            await other.ProduceAsync(bus.Options.Topic, new() { Key = "initsync", Value = "{\"evcategory\": \"initsync\"}" });
            await other.ProduceAsync(bus.Options.Topic, new() { Key = null, Value = null });
        }

        await using var consumer = bus.CreateConsumer();
        var read = await consumer.TakeAsync(2);

        read[0].Message.Category.Should().Be("initsync");
        read[0].Message.Id.Should().BeNull();
        read[1].Message.Category.Should().BeEmpty();
        read[1].Message.Body.Length.Should().Be(0);
    }

    [ServerFact]
    public async Task Reader_that_is_overtaken_by_retention_is_told()
    {
        await using var bus = KafkaTestBus.Make(await shared.GetAsync());
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        await using var consumer = bus.CreateConsumer();
        await using var reading = consumer.ReadAsync(BusPosition.At(new BusOffset(0)), default).GetAsyncEnumerator();
        (await reading.MoveNextAsync()).Should().BeTrue();
        await bus.RemoveFirstMessageAsync();
        await bus.RemoveFirstMessageAsync();

        var seen = reading.Current.Offset;
        var read = async () =>
        {
            while (await reading.MoveNextAsync())
            {
                reading.Current.Offset.Should().Be(seen.Next, "nothing is skipped");
                seen = reading.Current.Offset;
                if (seen.Value > 200)
                    break;
            }
        };

        // What was fetched before the removal may still come; then it must be told, unless nothing was missed at all.
        try
        {
            await read();
        }
        catch (BusMessageExpiredException expired)
        {
            expired.Wanted.Should().Be(seen.Next);
        }
    }

    [ServerFact]
    public async Task Message_larger_than_the_limit_is_a_permanent_fault()
    {
        await using var bus = KafkaTestBus.Make(await shared.GetAsync());
        await using var producer = new KafkaProducer(
            new KafkaOptions { BootstrapServers = bus.Options.BootstrapServers, Topic = bus.Options.Topic, MaxMessageBytes = 10_000 }, TimeProvider.System);

        var fault = (await producer.Awaiting(p => p.SendAsync([BusMessages.One(0), BusMessages.One(1, 50_000)], default)).Should().ThrowAsync<BusException>()).Which;

        fault.Fault.Should().Be(FaultKind.Permanent);
        fault.Message.Should().Contain("MaxMessageBytes (10000)");
        await producer.SendAsync([BusMessages.One(0)], default);
    }
}

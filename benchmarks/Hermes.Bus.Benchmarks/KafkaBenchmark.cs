using System.Text;
using Confluent.Kafka;
using Hermes.Kafka.Tests;
using Hermes.TestSupport.Buses;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Bus.Benchmarks;

/// <summary>
/// A topic, beside the client library alone with the same settings. Without a broker of one's own (<c>HERMES_KAFKA</c>) it runs on the mock cluster in
/// this process, where both sides share the processor with the "broker", and only sending can be compared: the mock keeps 5 MB.
/// </summary>
internal static class KafkaBenchmark
{
    public static async Task RunAsync(Load load)
    {
        var loads = Enumerable.Range(0, 5).Select(load.Again).ToArray();
        await using var mock = await MockCluster.StartAsync(default);
        var servers = Environment.GetEnvironmentVariable("HERMES_KAFKA") ?? mock.BootstrapServers;
        foreach (var topic in new[] { "bare", "hermes-benchmark" })
            mock.CreateTopic(topic);
        var settings = new ProducerConfig
        {
            BootstrapServers = servers,
            EnableIdempotence = true,
            EnableGaplessGuarantee = true,
            MessageTimeoutMs = 0,
            Acks = Acks.All,
            LingerMs = 5,
            QueueBufferingMaxMessages = 1_000_000,
        };
        using var bare = new ProducerBuilder<byte[], byte[]>(settings).Build();
        await using var producer = CapturedBus.Producer(parts => parts.UseKafka(options => (options.BootstrapServers, options.Topic) = (servers, "hermes-benchmark")));
        await Comparison.RunAsync(
            "Kafka, send",
            load.Messages.Count,
            async round =>
            {
                foreach (var batch in loads[round].Batches())
                    await producer.SendAsync(batch, default);
            },
            round => ProduceBareAsync(bare, loads[round]));
    }

    private static async Task ProduceBareAsync(IProducer<byte[], byte[]> producer, Load load)
    {
        foreach (var batch in load.Batches())
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var open = batch.Count;
            foreach (var message in batch)
            {
                var headers = new Headers();
                foreach (var (name, value) in message.Headers)
                    headers.Add(name, Encoding.UTF8.GetBytes(value));
                producer.Produce(
                    new TopicPartition("bare", 0),
                    new Message<byte[], byte[]> { Key = "base"u8.ToArray(), Value = message.Body.ToArray(), Headers = headers },
                    _ =>
                    {
                        if (Interlocked.Decrement(ref open) == 0)
                            done.TrySetResult();
                    });
            }

            await done.Task;
        }
    }
}

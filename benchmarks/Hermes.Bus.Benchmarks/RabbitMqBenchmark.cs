using Hermes.Abstractions.Buses;
using Hermes.RabbitMq;
using Hermes.TestSupport.Buses;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Hermes.Bus.Benchmarks;

/// <summary>A stream of a broker on this machine, beside the client library alone: the same bodies, pipelined and confirmed, the same prefetch.</summary>
internal static class RabbitMqBenchmark
{
    private const ushort Prefetch = 1000;

    public static async Task RunAsync(Load load)
    {
        await using var server = await RabbitMqServer.StartAsync(default);
        var count = load.Messages.Count;
        var loads = Enumerable.Range(0, 5).Select(load.Again).ToArray();
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = server.Port, UserName = server.User, Password = server.Password };
        await using var connection = await factory.CreateConnectionAsync();
        await DeclareAsync(connection, "bare");
        await using var producer = CapturedBus.Producer(parts => parts.UseRabbitMq(options => Set(options, server)));
        await producer.SendAsync([load.Messages[0]], default);

        await Comparison.RunAsync(
            "RabbitMQ, send",
            count,
            async round =>
            {
                foreach (var batch in loads[round].Batches())
                    await producer.SendAsync(batch, default);
            },
            round => PublishBareAsync(connection, loads[round]));
        await Comparison.RunAsync("RabbitMQ, read", count, _ => ReadAsync(server, count), _ => ReadBareAsync(connection, count));
    }

    private static void Set(RabbitMqOptions options, RabbitMqServer server) =>
        (options.Host, options.Port, options.UserName, options.Password, options.Stream) = ("127.0.0.1", server.Port, server.User, server.Password, "hermes");

    private static async Task DeclareAsync(IConnection connection, string stream)
    {
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            stream, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "stream" });
    }

    private static async Task PublishBareAsync(IConnection connection, Load load)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, false));
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = (ulong)load.Messages.Count;
        channel.BasicAcksAsync += (_, ack) =>
        {
            if (ack.DeliveryTag == last)
                confirmed.TrySetResult();
            return Task.CompletedTask;
        };
        foreach (var message in load.Messages)
            await channel.BasicPublishAsync("", "bare", mandatory: false, new BasicProperties { Persistent = true }, message.Body);
        await confirmed.Task;
    }

    private static async Task ReadAsync(RabbitMqServer server, int count)
    {
        await using var consumer = CapturedBus.Consumer(parts => parts.UseRabbitMq(options => Set(options, server)));
        await foreach (var _ in consumer.ReadAsync(BusPosition.Beginning, default))
        {
            if (--count == 0)
                break;
        }
    }

    private static async Task ReadBareAsync(IConnection connection, int count)
    {
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            if (++seen == count)
                done.TrySetResult();
            if (seen % (Prefetch / 2) == 0 && seen <= count)
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: true);
        };
        await channel.BasicConsumeAsync(
            "bare", autoAck: false, "", false, false, new Dictionary<string, object?> { ["x-stream-offset"] = "first" }, consumer);
        await done.Task;
    }
}

using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.RabbitMq.Tests;

/// <summary>A stream of its own on the broker that the tests share.</summary>
internal sealed class RabbitMqTestBus(RabbitMqServer server, RabbitMqOptions options) : IBrokerTestBus, IHangingTestBus, ISecuredTestBus, IRetainingTestBus
{
    public RabbitMqOptions Options => options;

    public string Secret => server.Password;

    /// <summary>Makes the stream before anything uses it: the broker fails what two of its users do while it is being made.</summary>
    public static async Task<RabbitMqTestBus> MakeAsync(RabbitMqServer server, Action<RabbitMqOptions>? change = null)
    {
        var options = NewStream(server);
        change?.Invoke(options);
        await using var connection = await RabbitMqConnector.ConnectAsync(options, "test", default);
        await RabbitMqStream.EnsureAsync(connection, options, default);
        return new RabbitMqTestBus(server, options);
    }

    public static RabbitMqOptions NewStream(RabbitMqServer server) =>
        new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            UserName = server.User,
            Password = server.Password,
            Stream = $"test-{Guid.NewGuid():N}",
        };

    public IMessageBusProducer CreateProducer() => new RabbitMqProducer(options, TimeProvider.System);

    public IMessageBusConsumer CreateConsumer() => new RabbitMqConsumer(options, TimeProvider.System);

    public Task KillBrokerAsync() => server.KillAsync();

    public Task StartBrokerAsync() => server.RestartAsync();

    public void FreezeBroker() => server.Freeze();

    public void ThawBroker() => server.Thaw();

    public ITestBus WithWrongPassword() => With(changed => changed.Password = server.Password + "-not");

    public ITestBus AtUnknownHost() => With(changed => changed.Host = "no-such-host.invalid");

    public ITestBus WithMissingLog() => With(changed => (changed.Stream, changed.CreateStream) = ("no-such-stream", false));

    public async Task RemoveFirstMessageAsync()
    {
        await using var producer = CreateProducer();
        await using var consumer = CreateConsumer();
        var first = (await consumer.TakeAsync(1)).Single().Offset;
        for (var number = 1000; (await consumer.TakeAsync(1)).Single().Offset == first; number += 100)
            await producer.SendAsync(BusMessages.Numbered(number, 100, size: 2000), default);
    }

    public RabbitMqTestBus With(Action<RabbitMqOptions> change)
    {
        var changed = NewStream(server);
        changed.Stream = options.Stream;
        change(changed);
        return new RabbitMqTestBus(server, changed);
    }

    // The stream goes with the broker's data.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.RabbitMq.Tests;

/// <summary>What may be wrong between here and the broker: each told in words, with whether trying again may help.</summary>
[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqConnectionTests(SharedServer<RabbitMqServer> shared)
{
    [ServerFact]
    public async Task Port_on_which_nothing_listens_is_a_transient_fault()
    {
        var (_, bus) = await MakeAsync();
        var port = FreePorts.Next();

        await FailsAsync(bus.With(options => options.Port = port), FaultKind.Transient, $"127.0.0.1:{port} cannot be reached");
    }

    [ServerFact]
    public async Task Virtual_host_that_is_missing_is_a_permanent_fault()
    {
        var (_, bus) = await MakeAsync();

        await FailsAsync(bus.With(options => options.VirtualHost = "nowhere"), FaultKind.Permanent, "virtual host 'nowhere'");
    }

    [ServerFact]
    public async Task User_without_permission_is_told_by_name()
    {
        var (server, bus) = await MakeAsync();
        await server.ControlAsync("add_user", "guest-of-honour", "pass-of-the-guest");
        await server.ControlAsync("set_permissions", "-p", "/", "guest-of-honour", "^$", "^$", "^$");

        await FailsAsync(
            bus.With(options => (options.UserName, options.Password) = ("guest-of-honour", "pass-of-the-guest")), FaultKind.Permanent, "'guest-of-honour'");
    }

    [ServerFact]
    public async Task Permissions_of_the_documentation_suffice()
    {
        var (server, bus) = await MakeAsync();
        await server.ControlAsync("add_user", "least-server", "pass");
        await server.ControlAsync("set_permissions", "-p", "/", "least-server", "^$", "^amq\\.default$", "^$");
        await server.ControlAsync("add_user", "least-client", "pass");
        await server.ControlAsync("set_permissions", "-p", "/", "least-client", "^$", "^$", $"^{bus.Options.Stream}$");

        await using var producer = bus.With(options => (options.UserName, options.Password) = ("least-server", "pass")).CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        await using var consumer = bus.With(options => (options.UserName, options.Password) = ("least-client", "pass")).CreateConsumer();
        (await consumer.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(0, 3));
    }

    [ServerFact]
    public async Task Queue_that_is_no_stream_is_refused_by_the_reader()
    {
        var (_, bus) = await MakeAsync();
        var classic = bus.With(options => options.Stream = $"classic-{Guid.NewGuid():N}");
        await using (var connection = await RabbitMqConnector.ConnectAsync(classic.Options, "test", default))
        await using (var channel = await connection.CreateChannelAsync())
            await channel.QueueDeclareAsync(classic.Options.Stream, durable: true, exclusive: false, autoDelete: false);
        await using var producer = classic.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 1), default);

        await using var consumer = classic.CreateConsumer();
        var fault = (await consumer.Awaiting(c => c.TakeAsync(1)).Should().ThrowAsync<BusException>()).Which;

        fault.Fault.Should().Be(FaultKind.Permanent);
        fault.Message.Should().Contain("is no stream");
    }

    [ServerFact]
    public async Task Stream_that_is_deleted_while_in_use_is_told_and_made_anew()
    {
        var (server, bus) = await MakeAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        await using var consumer = bus.CreateConsumer();
        var waiting = consumer.TakeAsync(4);
        await server.ControlAsync("delete_queue", bus.Options.Stream);

        await waiting.Awaiting(w => w).Should().ThrowAsync<BusException>();
        await producer.Awaiting(p => p.SendAsync(BusMessages.Numbered(3, 3), default)).Should().ThrowAsync<BusException>();
        await producer.SendAsync(BusMessages.Numbered(3, 3), default);
        (await consumer.TakeAsync(3)).DistinctIds().Should().Equal(BusReading.Ids(3, 3));
    }

    [ServerFact]
    public async Task Broker_that_is_short_of_disk_space_says_so_and_takes_the_messages_later()
    {
        var (server, bus) = await MakeAsync();
        var impatient = bus.With(options => options.ConfirmTimeout = TimeSpan.FromSeconds(2));
        await using var producer = impatient.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 1), default);
        await server.ControlAsync("set_disk_free_limit", "900000GB");
        try
        {
            var fault = (await producer.Awaiting(p => p.SendAsync(BusMessages.Numbered(1, 10), default)).Should().ThrowAsync<BusException>()).Which;
            (fault.Fault, fault.Confirmed).Should().Be((FaultKind.Transient, 0));
            fault.Message.Should().Contain("low on disk");
        }
        finally
        {
            await server.ControlAsync("set_disk_free_limit", "50MB");
        }

        await new ResendingSender(producer, total: 10, batch: 10, TimeSpan.FromMinutes(1), first: 1).RunAsync();
        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(0, 11));
    }

    private static async Task FailsAsync(RabbitMqTestBus bus, FaultKind kind, string message)
    {
        foreach (var fault in await BusFaults.OfAllCallsAsync(bus))
        {
            fault.Fault.Should().Be(kind, fault.Message);
            fault.Message.Should().Contain(message);
            fault.ToString().Should().NotContain(bus.Options.Password);
        }
    }

    private async Task<(RabbitMqServer Server, RabbitMqTestBus Bus)> MakeAsync()
    {
        var server = await shared.GetAsync();
        return (server, await RabbitMqTestBus.MakeAsync(server));
    }
}

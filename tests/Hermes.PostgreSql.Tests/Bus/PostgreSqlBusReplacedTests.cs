using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Bus;

/// <summary>The schema of the bus is dropped, foreign, put back or newer.</summary>
[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusReplacedTests(SharedServer<PostgreSqlServer> shared)
{
    [ServerFact]
    public async Task Bus_that_was_made_anew_takes_nothing_before_the_sender_knows()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync());
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        await using var consumer = bus.CreateConsumer();
        var before = await consumer.GetIncarnationAsync(default);
        await bus.RunAsync("DROP SCHEMA {0} CASCADE");
        (await consumer.GetLastOffsetAsync(default)).Should().BeNull();

        var send = () => producer.SendAsync(BusMessages.Numbered(3, 1), default);

        (await send.Should().ThrowAsync<BusException>().WithMessage("*made anew or put back*")).Which.Fault.Should().Be(FaultKind.Transient);
        producer.IsConnected.Should().BeFalse();
        await send();
        (await consumer.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(3, 1));
        (await consumer.GetIncarnationAsync(default)).Should().NotBe(before);
    }

    [ServerFact]
    public async Task Bus_that_was_put_back_takes_nothing_before_the_sender_knows()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync());
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        await bus.RunAsync("DELETE FROM {0}.messages WHERE msgoffset = 3; UPDATE {0}.bus SET last = 2");

        await producer.Awaiting(sender => sender.SendAsync(BusMessages.Numbered(3, 1), default)).Should().ThrowAsync<BusException>().WithMessage("*made anew or put back*");
    }

    [ServerFact]
    public async Task Schema_of_something_else_is_refused()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync());
        await bus.RunAsync("CREATE SCHEMA {0}; CREATE TABLE {0}.accounts (id int)");

        foreach (var fault in await BusFaults.OfAllCallsAsync(bus))
        {
            fault.Fault.Should().Be(FaultKind.Permanent);
            fault.Message.Should().Contain("is not a message bus of Hermes");
        }
    }

    [ServerFact]
    public async Task Bus_of_a_newer_version_is_refused()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync());
        await using var consumer = bus.CreateConsumer();
        await consumer.GetLastOffsetAsync(default);
        await bus.RunAsync("UPDATE {0}.format SET version = 99");

        foreach (var fault in await BusFaults.OfAllCallsAsync(bus))
            fault.Message.Should().Contain("newer version of Hermes (format 99");
    }

    [ServerFact]
    public async Task Many_that_make_the_bus_at_the_same_time_make_one()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync());
        var incarnations = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var consumer = bus.CreateConsumer();
            return await consumer.GetIncarnationAsync(default);
        }));

        incarnations.Distinct().Should().ContainSingle().Which.Should().NotBeNullOrEmpty();
    }

    /// <summary>As the page in the documentation says.</summary>
    [ServerFact]
    public async Task Sender_and_reader_need_no_more_than_their_rights()
    {
        var server = await shared.GetAsync();
        var bus = PostgreSqlTestBus.Make(server);
        await using (var owner = bus.CreateConsumer())
            await owner.GetLastOffsetAsync(default);
        var (sends, reads) = ($"s_{Guid.NewGuid():N}", $"r_{Guid.NewGuid():N}");
        await bus.RunAsync(
            $$"""
            CREATE ROLE {{sends}} LOGIN PASSWORD '{{PostgreSqlServer.Password}}';
            CREATE ROLE {{reads}} LOGIN PASSWORD '{{PostgreSqlServer.Password}}';
            GRANT USAGE ON SCHEMA {0} TO {{sends}}, {{reads}};
            GRANT SELECT ON ALL TABLES IN SCHEMA {0} TO {{sends}}, {{reads}};
            GRANT INSERT, DELETE ON {0}.messages TO {{sends}};
            GRANT UPDATE ON {0}.bus TO {{sends}}
            """);

        await using var producer = As(sends).CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        await using var consumer = As(reads).CreateConsumer();
        (await consumer.TakeAsync(3)).DistinctIds().Should().Equal(BusReading.Ids(0, 3));
        await using var wrong = As(reads).CreateProducer();
        (await wrong.Awaiting(sender => sender.SendAsync(BusMessages.Numbered(3, 1), default)).Should().ThrowAsync<BusException>().WithMessage($"*permit*'{reads}'*"))
            .Which.Fault.Should().Be(FaultKind.Permanent);

        PostgreSqlTestBus As(string user) => bus.With(changed =>
            (changed.ConnectionString, changed.CreateSchema, changed.RetentionAge) = (server.ConnectionTo("postgres", user), false, TimeSpan.FromDays(1)));
    }
}

using Hermes.Abstractions.Buses;
using Hermes.PostgreSql.Bus;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.PostgreSql.Tests.Bus;

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusRetentionTests(SharedServer<PostgreSqlServer> shared)
{
    private readonly FakeTimeProvider _time = new();

    [ServerFact]
    public async Task Messages_older_than_the_age_are_removed_about_once_a_minute()
    {
        var bus = await MakeAsync(options => options.RetentionAge = TimeSpan.FromHours(1));
        await using var producer = bus.CreateProducer(_time);
        await producer.SendAsync(BusMessages.Numbered(0, 20), default);
        await bus.RunAsync("UPDATE {0}.messages SET time = time - interval '2 hours' WHERE msgoffset <= 10");
        await producer.SendAsync(BusMessages.Numbered(20, 1), default);
        (await KeptAsync(bus)).Should().HaveCount(21, "a minute is not over");

        _time.Advance(TimeSpan.FromMinutes(2));
        await producer.SendAsync(BusMessages.Numbered(21, 1), default);
        (await KeptAsync(bus)).Should().Equal(BusReading.Ids(10, 12));
    }

    [ServerFact]
    public async Task Clock_that_was_put_back_tears_no_hole()
    {
        var bus = await MakeAsync(options => options.RetentionAge = TimeSpan.FromHours(1));
        await using var producer = bus.CreateProducer(_time);
        await producer.SendAsync(BusMessages.Numbered(0, 20), default);
        await bus.RunAsync("UPDATE {0}.messages SET time = time - interval '2 hours' WHERE msgoffset BETWEEN 6 AND 10");
        _time.Advance(TimeSpan.FromMinutes(2));
        await producer.SendAsync(BusMessages.Numbered(20, 1), default);

        (await KeptAsync(bus)).Should().Equal(BusReading.Ids(0, 21));
    }

    [ServerFact]
    public async Task As_many_bytes_as_wanted_are_kept_and_no_message_more()
    {
        var bus = await MakeAsync(options => options.RetentionBytes = 30_000);
        await using var producer = bus.CreateProducer(_time);
        var messages = BusMessages.Numbered(0, 12_000);

        await producer.SendAsync(messages, default);

        var kept = await KeptAsync(bus);
        kept.Should().Equal(BusReading.Ids(12_000 - kept.Count, kept.Count));
        messages.TakeLast(kept.Count).Sum(message => message.Body.Length).Should().BeInRange(30_000, 30_000 + messages[^1].Body.Length);
    }

    [ServerFact]
    public async Task Bus_whose_messages_all_expired_says_so_and_goes_on()
    {
        var bus = await MakeAsync();
        await using var producer = bus.CreateProducer(_time);
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        await bus.RunAsync("DELETE FROM {0}.messages");

        await using var consumer = bus.CreateConsumer();
        (await consumer.GetLastOffsetAsync(default)).Should().BeNull();
        (await consumer.Awaiting(c => c.TakeAsync(1, BusPosition.At(new BusOffset(10)))).Should().ThrowAsync<BusMessageExpiredException>()).Which.First.Should().BeNull();
        await producer.SendAsync(BusMessages.Numbered(10, 1), default);
        (await consumer.TakeAsync(1, BusPosition.At(new BusOffset(11)))).DistinctIds().Should().Equal(BusReading.Ids(10, 1));
    }

    [ServerFact]
    public async Task Repeated_message_leaves_no_gap()
    {
        var bus = await MakeAsync();
        await using var producer = bus.CreateProducer(_time);
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        await producer.SendAsync([BusMessages.One(2), BusMessages.One(3), BusMessages.One(3), BusMessages.One(1), BusMessages.One(4)], default);

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAllAsync()).Select(message => message.Offset.Value).Should().Equal(1, 2, 3, 4, 5);
    }

    private static async Task<IReadOnlyList<string?>> KeptAsync(PostgreSqlTestBus bus)
    {
        await using var consumer = bus.CreateConsumer();
        return (await consumer.TakeAllAsync()).DistinctIds();
    }

    private async Task<PostgreSqlTestBus> MakeAsync(Action<PostgreSqlBusOptions>? change = null) => PostgreSqlTestBus.Make(await shared.GetAsync(), change);
}

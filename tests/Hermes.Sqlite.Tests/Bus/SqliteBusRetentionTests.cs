using Hermes.Abstractions.Buses;
using Hermes.Sqlite.Bus;
using Hermes.Testing.Contracts.Buses;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Sqlite.Tests.Bus;

public sealed class SqliteBusRetentionTests : IAsyncLifetime
{
    private readonly SqliteTestBus _bus = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bus.DisposeAsync();

    [Fact]
    public async Task Messages_older_than_the_age_are_removed_about_once_a_minute()
    {
        await using var producer = _bus.CreateProducer(new SqliteBusOptions { Path = _bus.File, RetentionAge = TimeSpan.FromHours(1) }, _time);
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        _time.Advance(TimeSpan.FromMinutes(59));
        await producer.SendAsync(BusMessages.Numbered(10, 10), default);
        (await KeptAsync()).Should().HaveCount(20);

        _time.Advance(TimeSpan.FromMinutes(2));
        await producer.SendAsync(BusMessages.Numbered(20, 1), default);
        (await KeptAsync()).Should().Equal(BusReading.Ids(10, 11));

        _time.Advance(TimeSpan.FromDays(1));
        await producer.SendAsync(BusMessages.Numbered(21, 1), default);
        (await KeptAsync()).Should().Equal(BusReading.Ids(21, 1));
    }

    [Fact]
    public async Task No_more_messages_than_the_count_are_kept()
    {
        await using var producer = _bus.CreateProducer(new SqliteBusOptions { Path = _bus.File, RetentionCount = 100 }, _time);
        await producer.SendAsync(BusMessages.Numbered(0, 25_000), default);

        (await KeptAsync()).Should().Equal(BusReading.Ids(24_900, 100));
    }

    [Fact]
    public async Task Without_limits_everything_is_kept()
    {
        await using var producer = _bus.CreateProducer(_bus.Options, _time);
        await producer.SendAsync(BusMessages.Numbered(0, 100), default);
        _time.Advance(TimeSpan.FromDays(4000));
        await producer.SendAsync(BusMessages.Numbered(100, 1), default);

        (await KeptAsync()).Should().HaveCount(101);
    }

    [Fact]
    public async Task Bus_whose_messages_all_expired_says_so_and_goes_on()
    {
        await using var producer = _bus.CreateProducer(new SqliteBusOptions { Path = _bus.File, RetentionAge = TimeSpan.FromHours(1) }, _time);
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        await using (var cleaner = SqliteBusFile.OpenWriter(_bus.File))
            cleaner.Execute("DELETE FROM hermesmessages");

        await using var consumer = _bus.CreateConsumer();
        (await consumer.GetLastOffsetAsync(default)).Should().BeNull();
        (await consumer.Awaiting(c => c.TakeAsync(1, BusPosition.At(new BusOffset(10)))).Should().ThrowAsync<BusMessageExpiredException>()).Which.First.Should().BeNull();
        await producer.SendAsync(BusMessages.Numbered(10, 1), default);
        (await consumer.TakeAsync(1, BusPosition.At(new BusOffset(11)))).DistinctIds().Should().Equal(BusReading.Ids(10, 1));
    }

    [Fact]
    public async Task Gap_that_a_repeated_message_leaves_is_no_removed_message()
    {
        await using var producer = _bus.CreateProducer(new SqliteBusOptions { Path = _bus.File, RetentionCount = 1 }, _time);
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        await using var consumer = _bus.CreateConsumer();
        var kept = (await consumer.TakeAsync(1)).Single();
        await producer.SendAsync(BusMessages.Numbered(2, 1), default);
        await producer.SendAsync(BusMessages.Numbered(3, 1), default);

        (await consumer.TakeAsync(1, BusPosition.At(kept.Offset.Next))).DistinctIds().Should().Equal(BusReading.Ids(3, 1));
    }

    [Fact]
    public async Task Reader_that_is_overtaken_by_retention_is_told()
    {
        await using var producer = _bus.CreateProducer(new SqliteBusOptions { Path = _bus.File, RetentionCount = 10 }, _time);
        await producer.SendAsync(BusMessages.Numbered(0, 5), default);
        await using var consumer = _bus.CreateConsumer();
        await using var reading = consumer.ReadAsync(BusPosition.Beginning, default).GetAsyncEnumerator();
        (await reading.MoveNextAsync()).Should().BeTrue();

        _time.Advance(TimeSpan.FromMinutes(2));
        await producer.SendAsync(BusMessages.Numbered(5, 1000), default);
        for (var i = 0; i < 4; i++)
            (await reading.MoveNextAsync()).Should().BeTrue("the portion that was read is still good");

        await ((Func<Task>)(async () => await reading.MoveNextAsync())).Should().ThrowAsync<BusMessageExpiredException>();
    }

    private async Task<IReadOnlyList<string?>> KeptAsync()
    {
        await using var consumer = _bus.CreateConsumer();
        return (await consumer.TakeAllAsync()).DistinctIds();
    }
}

using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Sqlite.Bus;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.Sqlite.Tests.Bus;

/// <summary>A disk without space: what was confirmed stays, what was not is told, and all goes on when there is space again.</summary>
[RequiresServer("small disk")]
public sealed class SqliteBusFullDiskTests
{
    private const int Batch = 500;

    [ServerFact]
    public async Task Send_that_finds_no_space_is_told_and_succeeds_when_there_is_some()
    {
        await using var disk = await SmallDisk.MakeAsync(megabytes: 16);
        var options = new SqliteBusOptions { Path = Path.Combine(disk.Path, "bus.db") };
        await using var producer = new SqliteBusProducer(options, new SqliteBusSignal(), TimeProvider.System);
        await using var consumer = new SqliteBusConsumer(options, new SqliteBusSignal(), TimeProvider.System);
        await producer.SendAsync(BusMessages.Numbered(0, Batch), default);
        disk.Fill();

        var (confirmed, fault) = await SendUntilItFailsAsync(producer, Batch);

        fault.Fault.Should().Be(FaultKind.Transient);
        fault.Message.Should().Contain(options.Path).And.Contain("no space left").And.Contain("Free space");
        (await consumer.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(0, confirmed), "what was confirmed is there, and can be read");

        disk.Free();
        var left = (4 * Batch) - confirmed;
        await producer.SendAsync(BusMessages.Numbered(confirmed, left), default);
        (await consumer.TakeAllAsync()).Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 4 * Batch));
    }

    [ServerFact]
    public async Task Large_send_is_confirmed_up_to_where_the_space_ended()
    {
        await using var disk = await SmallDisk.MakeAsync(megabytes: 12);
        var options = new SqliteBusOptions { Path = Path.Combine(disk.Path, "bus.db") };
        await using (var producer = new SqliteBusProducer(options, new SqliteBusSignal(), TimeProvider.System))
        {
            var send = () => producer.SendAsync(BusMessages.Numbered(0, 40_000), default);

            var fault = (await send.Should().ThrowAsync<BusException>()).Which;

            fault.Fault.Should().Be(FaultKind.Transient, fault.Message);
            fault.Confirmed.Should().BePositive();
            await using var consumer = new SqliteBusConsumer(options, new SqliteBusSignal(), TimeProvider.System);
            (await consumer.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(0, fault.Confirmed));
        }
    }

    [ServerFact]
    public async Task New_bus_on_a_full_disk_is_told_and_made_when_there_is_space()
    {
        await using var disk = await SmallDisk.MakeAsync(megabytes: 4);
        disk.Fill();
        var options = new SqliteBusOptions { Path = Path.Combine(disk.Path, "bus", "bus.db") };
        await using var producer = new SqliteBusProducer(options, new SqliteBusSignal(), TimeProvider.System);

        var (confirmed, fault) = await SendUntilItFailsAsync(producer, first: 0);

        (confirmed, fault.Fault).Should().Be((0, FaultKind.Transient), fault.Message);
        fault.Message.Should().Contain(options.Path);
        disk.Free();
        await producer.SendAsync(BusMessages.Numbered(0, Batch), default);
        await using var consumer = new SqliteBusConsumer(options, new SqliteBusSignal(), TimeProvider.System);
        (await consumer.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(0, Batch));
    }

    private static async Task<(int Confirmed, BusException Fault)> SendUntilItFailsAsync(SqliteBusProducer producer, int first)
    {
        for (var next = first; ; next += Batch)
        {
            var send = producer.SendAsync(BusMessages.Numbered(next, Batch), default);
            if (await Record.ExceptionAsync(() => send) is { } failure)
                return (next + failure.Should().BeOfType<BusException>().Which.Confirmed, (BusException)failure);
            next.Should().BeLessThan(100_000, "the disk is full");
        }
    }
}

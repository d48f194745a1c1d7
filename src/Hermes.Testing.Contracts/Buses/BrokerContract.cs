using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus on a broker that may be down, killed, or refuse the caller.</summary>
public abstract class BrokerContract
{
    private static readonly TimeSpan RecoveryBound = TimeSpan.FromMinutes(2);

    /// <summary>How many messages are sent while the broker is killed; fewer for a broker that cannot keep so many.</summary>
    protected virtual int MessagesUnderLoad => 100_000;

    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<IBrokerTestBus> CreateBusAsync();

    [ContractFact]
    public async Task Broker_killed_three_times_under_load_loses_nothing_and_keeps_the_order()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        var sender = new ResendingSender(producer, total: MessagesUnderLoad, batch: MessagesUnderLoad / 200, RecoveryBound);
        var sending = sender.RunAsync();
        for (var kill = 1; kill <= 3; kill++)
        {
            await sender.ReachedAsync(kill * MessagesUnderLoad / 4);
            await bus.KillBrokerAsync();
            await bus.StartBrokerAsync();
        }

        await sending;

        sender.Failures.Should().NotBeEmpty("the broker was killed while messages were under way");
        sender.Failures.Should().OnlyContain(failure => failure.Fault == FaultKind.Transient);
        await using var consumer = bus.CreateConsumer();
        var all = await consumer.TakeAllAsync();
        all.DistinctIds().SequenceEqual(BusReading.Ids(0, MessagesUnderLoad)).Should().BeTrue("without repeated ids every event is there once, in order");
    }

    [ContractFact]
    public async Task Reader_is_told_that_the_broker_is_gone_and_goes_on_when_it_is_back()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 100), default);
        await using var consumer = bus.CreateConsumer();
        var seen = (await consumer.TakeAsync(100))[^1].Offset;

        var waiting = consumer.TakeAsync(1, BusPosition.At(seen.Next));
        await bus.KillBrokerAsync();
        var told = await Record.ExceptionAsync(() => waiting);
        await bus.StartBrokerAsync();
        told.Should().BeOfType<BusException>().Which.Fault.Should().Be(FaultKind.Transient, told!.Message);

        var sender = new ResendingSender(producer, total: 1, batch: 1, RecoveryBound, first: 100);
        await sender.RunAsync();
        (await consumer.TakeAsync(1, BusPosition.At(seen.Next))).DistinctIds().Should().Equal(BusReading.Ids(100, 1));
    }

    [ContractFact]
    public async Task Unknown_host_is_told_by_its_name()
    {
        await using var bus = await CreateBusAsync();
        foreach (var fault in await BusFaults.OfAllCallsAsync(bus.AtUnknownHost()))
        {
            fault.Fault.Should().Be(FaultKind.Transient, fault.Message);
            fault.Message.Should().Contain("no-such-host.invalid");
        }
    }

    [ContractFact]
    public async Task Missing_stream_that_must_not_be_made_is_a_permanent_fault()
    {
        await using var bus = await CreateBusAsync();
        foreach (var fault in await BusFaults.OfAllCallsAsync(bus.WithMissingLog()))
            fault.Fault.Should().Be(FaultKind.Permanent, fault.Message);
    }
}

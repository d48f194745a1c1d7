using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus on a broker that hangs: every call ends by its time limit or when cancelled, and all goes on when the broker does.</summary>
public abstract class BusHangContract
{
    // Far above the time limits of the bus, and far below what would be taken for a hang.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<IHangingTestBus> CreateBusAsync();

    [ContractFact]
    public async Task Sending_to_a_broker_that_hangs_ends_with_a_transient_fault_and_nothing_is_lost()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        await FrozenAsync(bus, async () =>
        {
            await TransientAsync(() => producer.SendAsync(BusMessages.Numbered(10, 10), default));
            await TransientAsync(() => producer.SendAsync(BusMessages.Numbered(10, 10), default));
        });

        await new ResendingSender(producer, total: 10, batch: 10, Bound, first: 10).RunAsync();

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAllAsync()).Select(message => message.Message.Text()).Distinct().Should()
            .Equal(BusMessages.Numbered(0, 20).Select(message => message.Text()));
    }

    [ContractFact]
    public async Task Reader_of_a_broker_that_hangs_is_told()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        await using var consumer = bus.CreateConsumer();
        var last = (await consumer.TakeAsync(10))[^1].Offset;
        await using var reading = consumer.ReadAsync(BusPosition.At(last), default).GetAsyncEnumerator();
        (await reading.MoveNextAsync()).Should().BeTrue();

        await FrozenAsync(bus, async () =>
        {
            await TransientAsync(async () => await reading.MoveNextAsync());
            await TransientAsync(async () => await consumer.GetLastOffsetAsync(default));
        });

        (await consumer.TakeAsync(10)).Should().HaveCount(10);
    }

    [ContractFact]
    public async Task Calls_to_a_broker_that_hangs_end_when_cancelled()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        await using var consumer = bus.CreateConsumer();
        await FrozenAsync(bus, async () =>
        {
            await CancelledAsync(token => producer.SendAsync(BusMessages.Numbered(10, 10), token));
            await CancelledAsync(token => producer.SendAsync(BusMessages.Numbered(10, 10), token));
            await CancelledAsync(async token => await consumer.GetLastOffsetAsync(token));
            await CancelledAsync(async token => await consumer.ReadAsync(BusPosition.Beginning, token).FirstAsync(token));
        });
    }

    private static async Task FrozenAsync(IHangingTestBus bus, Func<Task> act)
    {
        bus.FreezeBroker();
        try
        {
            await act();
        }
        finally
        {
            bus.ThawBroker();
        }
    }

    private static async Task TransientAsync(Func<Task> call)
    {
        var fault = (await new Func<Task>(() => call().WaitAsync(Bound)).Should().ThrowAsync<BusException>()).Which;
        fault.Fault.Should().Be(FaultKind.Transient, fault.Message);
    }

    private static async Task CancelledAsync(Func<CancellationToken, Task> call)
    {
        using var stop = new CancellationTokenSource();
        var running = call(stop.Token);
        running.IsCompleted.Should().BeFalse();
        await stop.CancelAsync();
        await new Func<Task>(() => running.WaitAsync(Bound)).Should().ThrowAsync<OperationCanceledException>();
    }
}

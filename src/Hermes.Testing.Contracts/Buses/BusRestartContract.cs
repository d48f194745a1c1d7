using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>Producers and consumers that end at any moment and start again: nothing is lost, order is kept.</summary>
public abstract class BusRestartContract
{
    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<ITestBus> CreateBusAsync();

    [ContractFact]
    public async Task New_producer_goes_on_where_the_old_one_ended()
    {
        await using var bus = await CreateBusAsync();
        for (var first = 0; first < 300; first += 100)
        {
            await using var producer = bus.CreateProducer();
            await producer.SendAsync(BusMessages.Numbered(first, 100), default);
        }

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAsync(300)).Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 300));
    }

    [ContractFact]
    public async Task New_consumer_goes_on_at_the_stored_offset()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 1000), default);

        var seen = new List<ReceivedMessage>();
        foreach (var count in new[] { 1, 399, 300, 300 })
        {
            await using var consumer = bus.CreateConsumer();
            seen.AddRange(await consumer.TakeAsync(count, seen.Count == 0 ? BusPosition.Beginning : BusPosition.At(seen[^1].Offset.Next)));
        }

        seen.Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 1000));
    }

    /// <summary>As a server does after a crash: it sends again, with the same ids, all that was not confirmed to it.</summary>
    [ContractFact]
    public async Task Producer_that_ended_before_it_saw_a_confirmation_sends_again_and_nothing_is_lost()
    {
        await using var bus = await CreateBusAsync();
        var messages = BusMessages.Numbered(0, 2000);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await using var dying = bus.CreateProducer();
            using var death = new CancellationTokenSource();
            var send = dying.SendAsync(messages, death.Token);
            await Task.Yield();
            await death.CancelAsync();
            await EndAsync(send);
        }

        await using var producer = bus.CreateProducer();
        await producer.SendAsync(messages, default);

        await using var consumer = bus.CreateConsumer();
        var all = await consumer.TakeAllAsync();
        all.DistinctIds().Should().Equal(BusReading.Ids(0, 2000), "dropping repeated ids leaves every event, in order");
    }

    private static async Task EndAsync(Task send)
    {
        try
        {
            await send;
        }
        catch (OperationCanceledException)
        {
            // The send was cut off, or was quicker: both may be.
        }
    }
}

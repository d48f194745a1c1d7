using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus that refuses a second message with the same id.</summary>
public abstract class BusDeduplicationContract
{
    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<ITestBus> CreateBusAsync();

    [ContractFact]
    public async Task Message_sent_again_stands_on_the_bus_once()
    {
        await using var bus = await CreateBusAsync();
        await using (var producer = bus.CreateProducer())
        {
            await producer.SendAsync(BusMessages.Numbered(0, 100), default);
            await producer.SendAsync(BusMessages.Numbered(50, 100), default);
        }

        await using (var restarted = bus.CreateProducer())
            await restarted.SendAsync(BusMessages.Numbered(0, 160), default);

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAllAsync()).Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 160));
    }

    [ContractFact]
    public async Task Another_message_under_an_id_that_is_there_is_refused_and_what_came_before_it_is_kept()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        var other = BusMessages.One(5, size: 400);

        var send = () => producer.SendAsync([BusMessages.One(9), BusMessages.One(10), other, BusMessages.One(11)], default);

        var refusal = (await send.Should().ThrowAsync<BusMessageConflictException>()).Which;
        (refusal.Id, refusal.Confirmed).Should().Be((other.Id!, 2));
        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAllAsync()).Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 11));
    }

    [ContractFact]
    public async Task Messages_without_id_are_all_kept()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        var plain = new BusMessage("base", "{}"u8.ToArray());
        await producer.SendAsync([plain, plain], default);
        await producer.SendAsync([plain], default);

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAllAsync()).Should().HaveCount(3);
    }
}

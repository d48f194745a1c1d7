using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>What each call of a bus that cannot work reports.</summary>
public static class BusFaults
{
    /// <summary>The faults of sending, reading and asking for the last offset.</summary>
    public static async Task<IReadOnlyList<BusException>> OfAllCallsAsync(ITestBus bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        await using var producer = bus.CreateProducer();
        await using var consumer = bus.CreateConsumer();
        var send = () => producer.SendAsync(BusMessages.Numbered(0, 3), default);
        var read = () => consumer.TakeAsync(1);
        var ask = async () => await consumer.GetLastOffsetAsync(default);
        var sending = (await send.Should().ThrowAsync<BusException>()).Which;
        sending.Confirmed.Should().Be(0);
        return [sending, (await read.Should().ThrowAsync<BusException>()).Which, (await ask.Should().ThrowAsync<BusException>()).Which];
    }
}

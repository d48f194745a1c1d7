using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus whose retention removes old messages: a consumer that comes too late is told, and never skips silently.</summary>
public abstract class BusRetentionContract
{
    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<IRetainingTestBus> CreateBusAsync();

    [ContractFact]
    public async Task Offset_that_retention_removed_is_refused_with_what_to_do()
    {
        await using var bus = await CreateBusAsync();
        var (first, consumer) = await SendAndRemoveFirstAsync(bus);
        await using var _ = consumer;

        var read = () => consumer.TakeAsync(1, BusPosition.At(first));

        var expired = (await read.Should().ThrowAsync<BusMessageExpiredException>()).Which;
        expired.Wanted.Should().Be(first);
        expired.First.Should().NotBeNull();
        expired.Fault.Should().Be(FaultKind.Permanent);
        expired.Message.Should().Contain("Lengthen the retention");
    }

    [ContractFact]
    public async Task Beginning_is_the_first_message_still_kept()
    {
        await using var bus = await CreateBusAsync();
        var (first, consumer) = await SendAndRemoveFirstAsync(bus);
        await using var _ = consumer;

        var kept = (await consumer.TakeAsync(1)).Single();

        kept.Offset.Should().BeGreaterThan(first);
        (await consumer.TakeAsync(1, BusPosition.At(kept.Offset))).Single().Message.Id.Should().Be(kept.Message.Id);
    }

    private static async Task<(BusOffset First, IMessageBusConsumer Consumer)> SendAndRemoveFirstAsync(IRetainingTestBus bus)
    {
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        var consumer = bus.CreateConsumer();
        var first = (await consumer.TakeAsync(1)).Single().Offset;
        await bus.RemoveFirstMessageAsync();
        return (first, consumer);
    }
}

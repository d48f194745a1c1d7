using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Buses;
using Hermes.Testing.Contracts.Buses;

namespace Hermes.Testing.Tests.Buses;

public sealed class InMemoryBusTests
{
    private readonly InMemoryBus _bus = new();

    [Fact]
    public async Task Told_failure_hits_the_next_sends_only()
    {
        _bus.FailNextSends(2);
        await using var producer = _bus.CreateProducer();
        var send = () => producer.SendAsync(BusMessages.Numbered(0, 2), default);

        for (var i = 0; i < 2; i++)
        {
            var failure = (await send.Should().ThrowAsync<BusException>()).Which;
            (failure.Fault, failure.Confirmed).Should().Be((FaultKind.Transient, 0));
        }

        await send();
        _bus.Messages.Should().HaveCount(2);
    }

    [Fact]
    public async Task Confirmation_may_get_lost_and_a_resend_is_harmless()
    {
        _bus.FailNextSends(1, new SendFailure(Taken: 3, Confirmed: 1));
        await using var producer = _bus.CreateProducer();
        var messages = BusMessages.Numbered(0, 5);

        var failure = (await producer.Awaiting(p => p.SendAsync(messages, default)).Should().ThrowAsync<BusException>()).Which;
        failure.Confirmed.Should().Be(1);
        _bus.Messages.Should().HaveCount(3);

        await producer.SendAsync([.. messages.Skip(failure.Confirmed)], default);
        _bus.Messages.Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 5));
    }

    [Fact]
    public async Task Bus_that_keeps_duplicates_shows_them()
    {
        var keeping = new InMemoryBus { RefusesDuplicates = false };
        await using var producer = keeping.CreateProducer();

        await producer.SendAsync(BusMessages.Numbered(0, 2), default);
        await producer.SendAsync(BusMessages.Numbered(0, 2), default);

        keeping.Messages.Should().HaveCount(4);
        keeping.Messages.DistinctIds().Should().Equal(BusReading.Ids(0, 2));
    }

    [Fact]
    public async Task Reader_that_falls_behind_retention_is_told()
    {
        await using var producer = _bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        _bus.RemoveBefore(new BusOffset(10));
        _bus.Messages.Should().BeEmpty();

        await using var consumer = _bus.CreateConsumer();
        var expired = (await consumer.Awaiting(c => c.TakeAsync(1, BusPosition.At(new BusOffset(2)))).Should().ThrowAsync<BusMessageExpiredException>()).Which;
        expired.First.Should().BeNull();
        await producer.SendAsync(BusMessages.Numbered(3, 1), default);
        (await consumer.TakeAsync(1, BusPosition.At(new BusOffset(4)))).DistinctIds().Should().Equal(BusReading.Ids(3, 1));
    }
}

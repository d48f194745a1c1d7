using System.Text;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>What every message bus does. What only some can do stands in the other suites of this folder.</summary>
public abstract partial class BusContract
{
    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<ITestBus> CreateBusAsync();

    [ContractFact]
    public async Task Messages_come_in_the_order_in_which_they_were_sent()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        foreach (var first in new[] { 0, 500, 501, 1500 })
            await producer.SendAsync(BusMessages.Numbered(first, first switch { 0 => 500, 500 => 1, 501 => 999, _ => 500 }), default);

        await using var consumer = bus.CreateConsumer();
        var read = await consumer.TakeAsync(2000);

        read.Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 2000));
        read.Select(message => message.Offset).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [ContractFact]
    public async Task Offset_leads_back_to_its_message()
    {
        await using var bus = await CreateBusAsync();
        await SendAsync(bus, 0, 100);
        await using var consumer = bus.CreateConsumer();
        var all = await consumer.TakeAsync(100);

        foreach (var wanted in new[] { all[0], all[1], all[57], all[99] })
            (await consumer.TakeAsync(1, BusPosition.At(wanted.Offset))).Single().Message.Id.Should().Be(wanted.Message.Id);
        (await consumer.TakeAsync(43, BusPosition.At(all[56].Offset.Next))).DistinctIds().Should().Equal(BusReading.Ids(57, 43));
    }

    [ContractFact]
    public async Task Reading_takes_nothing_away()
    {
        await using var bus = await CreateBusAsync();
        await SendAsync(bus, 0, 50);
        await using var first = bus.CreateConsumer();
        await using var second = bus.CreateConsumer();

        var readings = new[] { await first.TakeAsync(50), await second.TakeAsync(50), await first.TakeAsync(50) };

        readings.Should().AllSatisfy(reading => reading.DistinctIds().Should().Equal(BusReading.Ids(0, 50)));
        readings.Select(reading => reading[^1].Offset).Distinct().Should().ContainSingle();
    }

    [ContractFact]
    public async Task Category_id_headers_and_body_come_back_as_sent()
    {
        await using var bus = await CreateBusAsync();
        var sent = BusMessages.One(7) with
        {
            Category = "initsync",
            Headers = new Dictionary<string, string>(BusMessages.One(7).Headers) { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
        };
        await using var producer = bus.CreateProducer();
        await producer.SendAsync([sent], default);

        await using var consumer = bus.CreateConsumer();
        var received = (await consumer.TakeAsync(1)).Single().Message;

        received.Category.Should().Be("initsync");
        received.Id.Should().Be(sent.Id);
        received.Headers.Should().Contain(sent.Headers);
        received.Text().Should().Be(sent.Text());
    }

    [ContractFact]
    public async Task Message_without_id_and_headers_is_carried()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        var plain = new BusMessage("base", "{\"evcategory\": \"base\"}"u8.ToArray());
        await producer.SendAsync([plain, plain], default);

        await using var consumer = bus.CreateConsumer();
        var received = await consumer.TakeAsync(2);

        received.Should().AllSatisfy(message =>
        {
            message.Message.Id.Should().BeNull();
            message.Message.Category.Should().Be("base");
            message.Message.Text().Should().Be(plain.Text());
        });
    }

    [ContractFact]
    public async Task Body_is_never_looked_into()
    {
        byte[][] bodies = [[], [0], "{\"evcategory\": \"ba"u8.ToArray(), "no JSON at all"u8.ToArray(), [0xff, 0xfe, 0x00, 0x80], "{\"a\": \"\\u0000\0\"}"u8.ToArray()];
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync([.. bodies.Select((body, i) => new BusMessage("base", body) { Id = $"odd-{i}" })], default);

        await using var consumer = bus.CreateConsumer();
        var received = await consumer.TakeAsync(bodies.Length);

        received.Select(message => Convert.ToHexString(message.Message.Body.Span)).Should().Equal(bodies.Select(Convert.ToHexString));
    }

    [ContractFact]
    public async Task Message_of_one_megabyte_is_carried()
    {
        await using var bus = await CreateBusAsync();
        var large = BusMessages.One(1, 1_000_000);
        await using var producer = bus.CreateProducer();
        await producer.SendAsync([BusMessages.One(0), large, BusMessages.One(2)], default);

        await using var consumer = bus.CreateConsumer();
        var received = await consumer.TakeAsync(3);

        received.DistinctIds().Should().Equal(BusReading.Ids(0, 3));
        received[1].Message.Body.Span.SequenceEqual(large.Body.Span).Should().BeTrue();
    }

    [ContractFact]
    public async Task Last_offset_is_that_of_the_last_message()
    {
        await using var bus = await CreateBusAsync();
        await using var consumer = bus.CreateConsumer();
        (await consumer.GetLastOffsetAsync(default)).Should().BeNull("nothing was sent");

        await SendAsync(bus, 0, 10);
        (await consumer.GetLastOffsetAsync(default)).Should().Be((await consumer.TakeAsync(10))[^1].Offset);

        await SendAsync(bus, 10, 1);
        (await consumer.GetLastOffsetAsync(default)).Should().Be((await consumer.TakeAsync(11))[^1].Offset);
    }

    [ContractFact]
    public async Task Reader_at_the_end_waits_for_what_comes_later()
    {
        await using var bus = await CreateBusAsync();
        await SendAsync(bus, 0, 3);
        await using var consumer = bus.CreateConsumer();
        var last = (await consumer.TakeAsync(3))[^1].Offset;

        var waiting = consumer.TakeAsync(2, BusPosition.At(last.Next));
        waiting.IsCompleted.Should().BeFalse();
        await SendAsync(bus, 3, 1);
        await SendAsync(bus, 4, 1);

        (await waiting).DistinctIds().Should().Equal(BusReading.Ids(3, 2));
    }

    [ContractFact]
    public async Task Reader_of_an_empty_bus_waits_for_its_first_message()
    {
        await using var bus = await CreateBusAsync();
        await using var consumer = bus.CreateConsumer();

        var waiting = consumer.TakeAsync(1);
        await SendAsync(bus, 0, 1);

        (await waiting).DistinctIds().Should().Equal(BusReading.Ids(0, 1));
    }

    [ContractFact]
    public async Task Reader_keeps_up_with_a_sender()
    {
        await using var bus = await CreateBusAsync();
        await using var consumer = bus.CreateConsumer();
        var reading = consumer.TakeAsync(5000);
        await using var producer = bus.CreateProducer();
        for (var first = 0; first < 5000; first += 250)
            await producer.SendAsync(BusMessages.Numbered(first, 250), default);

        (await reading).Select(message => message.Message.Id).Should().Equal(BusReading.Ids(0, 5000));
    }

    [ContractFact]
    public async Task Offset_beyond_the_end_is_refused()
    {
        await using var bus = await CreateBusAsync();
        await SendAsync(bus, 0, 3);
        await using var consumer = bus.CreateConsumer();
        var last = (await consumer.TakeAsync(3))[^1].Offset;

        var read = () => consumer.TakeAsync(1, BusPosition.At(new BusOffset(last.Value + 2)));

        (await read.Should().ThrowAsync<BusPositionBeyondEndException>()).Which.Last.Should().Be(last);
    }

    [ContractFact]
    public async Task Reading_ends_when_cancelled()
    {
        await using var bus = await CreateBusAsync();
        await SendAsync(bus, 0, 1);
        await using var consumer = bus.CreateConsumer();
        using var stop = new CancellationTokenSource();

        var read = async () =>
        {
            await foreach (var _ in consumer.ReadAsync(BusPosition.Beginning, stop.Token))
                await stop.CancelAsync();
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
    }

    [ContractFact]
    public async Task Time_of_a_message_is_when_the_bus_took_it()
    {
        await using var bus = await CreateBusAsync();
        await SendAsync(bus, 0, 1);
        await using var consumer = bus.CreateConsumer();

        var received = (await consumer.TakeAsync(1)).Single();

        received.Time.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(10));
        received.Time.Offset.Should().Be(TimeSpan.Zero);
    }

    [ContractFact]
    public async Task Sending_nothing_does_nothing()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();

        await producer.SendAsync([], default);

        await using var consumer = bus.CreateConsumer();
        (await consumer.GetLastOffsetAsync(default)).Should().BeNull();
    }

    [ContractFact]
    public async Task Sender_may_reuse_its_buffers_once_a_send_is_done()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        var buffer = Encoding.ASCII.GetBytes("first ");
        await producer.SendAsync([new BusMessage("base", buffer)], default);
        "second"u8.CopyTo(buffer);
        await producer.SendAsync([new BusMessage("base", buffer)], default);

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAsync(2)).Select(message => message.Message.Text()).Should().Equal("first ", "second");
    }

    [ContractFact]
    public async Task Producer_reads_back_what_is_on_its_bus()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        producer.IsConnected.Should().BeFalse("nothing was sent yet");
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);
        producer.IsConnected.Should().BeTrue();

        await using var reader = producer.OpenReader();
        (await reader.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(0, 3));
    }

    [ContractFact]
    public async Task Incarnation_stays_while_messages_come()
    {
        await using var bus = await CreateBusAsync();
        await using var before = bus.CreateConsumer();
        var known = await before.GetIncarnationAsync(default);

        await SendAsync(bus, 0, 3);

        await using var consumer = bus.CreateConsumer();
        (await consumer.GetIncarnationAsync(default)).Should().Be(known);
        await using var producer = bus.CreateProducer();
        await using var reader = producer.OpenReader();
        (await reader.GetIncarnationAsync(default)).Should().Be(known);
    }

    [ContractFact]
    public async Task Incarnation_of_another_bus_is_another_where_the_bus_can_tell()
    {
        await using var bus = await CreateBusAsync();
        await using var other = await CreateBusAsync();
        await using var consumer = bus.CreateConsumer();
        await using var ofOther = other.CreateConsumer();

        var known = await consumer.GetIncarnationAsync(default);

        if (known is not null)
            (await ofOther.GetIncarnationAsync(default)).Should().NotBeNull().And.NotBe(known);
    }

    /// <summary>Sends numbered messages through a producer of its own.</summary>
    protected static async Task SendAsync(ITestBus bus, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(bus);
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(first, count), default);
    }
}

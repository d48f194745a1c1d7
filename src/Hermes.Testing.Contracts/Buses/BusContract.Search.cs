using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

public abstract partial class BusContract
{
    [ContractFact]
    public async Task Search_gives_what_holds_the_bytes_up_to_an_offset_in_order()
    {
        await using var bus = await CreateBusAsync();
        await using var producer = bus.CreateProducer();
        await producer.SendAsync([.. Enumerable.Range(0, 60).Select(i => new BusMessage("base", Body(i)) { Id = $"found-{i}" })], default);
        await using var consumer = bus.CreateConsumer();
        var all = await consumer.TakeAsync(60);

        var found = new List<ReceivedMessage>();
        await foreach (var message in consumer.SearchAsync("wanted\0\u00fc"u8.ToArray(), all[41].Offset, default))
            found.Add(message);

        // A bus that cannot search gives the others too.
        string?[] wanted = ["found-0", "found-20", "found-40"];
        found.Select(message => message.Message.Id).Where(wanted.Contains).Distinct().Should().Equal(wanted);
        found.Should().OnlyContain(message => message.Offset <= all[41].Offset);
        found.Select(message => message.Offset).Should().BeInAscendingOrder();
        found[0].Message.Text().Should().Be(all[0].Message.Text());

        static byte[] Body(int i) => [.. i % 20 == 0 ? "{\"a\": \"not wanted\0\u00fc at all\"}"u8 : "{\"a\": \"wanted u\"}"u8];
    }
}

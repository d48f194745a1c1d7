using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Events.Json;

namespace Hermes.Events.Tests.Json;

public sealed class MalformedMessageTests
{
    [Theory]
    [InlineData("", "*not valid JSON*")]
    [InlineData("[]", "*not a JSON object*")]
    [InlineData("{\"evcategory\": \"base\"", "*not valid JSON*")]
    [InlineData("{}", "*'objattrs' is missing*")]
    [InlineData("{\"objattrs\": {}}", "*'evcategory' is missing*")]
    [InlineData("{\"evcategory\": \"base\", \"objattrs\": {}}", "*'eventtype' is missing*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"exploded\", \"objattrs\": {}}", "*no event 'exploded' in the category 'base'*")]
    [InlineData("{\"evcategory\": \"initsync\", \"eventtype\": \"removed\", \"objattrs\": {}}", "*no event 'removed' in the category 'initsync'*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"removed\", \"objpkey\": 1, \"objattrs\": {}}", "*'objtype' is missing*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"removed\", \"objtype\": \"T\", \"objattrs\": {}}", "*'objpkey' must be a scalar*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"removed\", \"objtype\": \"T\", \"objpkey\": [[1], 2], \"objattrs\": {}}", "*'objpkey' must be a scalar*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"removed\", \"objtype\": 3, \"objpkey\": 1, \"objattrs\": {}}", "*'objtype' must be a text*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"added\", \"objtype\": \"T\", \"objpkey\": 1, \"objattrs\": [1]}", "*'objattrs' must be an object*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"added\", \"objtype\": \"T\", \"objpkey\": 1, \"objattrs\": {\"n\": NaN}}", "*not valid JSON*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"added\", \"objtype\": \"T\", \"objpkey\": 1, \"objattrs\": {\"n\": 1e999}}", "*greater than any*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"added\", \"objtype\": \"T\", \"objpkey\": 1, \"objattrs\": {\"n\": \"\\ud800\"}}", "*not valid JSON*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"dataschema\", \"objattrs\": {\"T\": {\"HERMES_ATTRIBUTES\": [\"a\"]}}}", "*'T' lacks*")]
    [InlineData("{\"evcategory\": \"base\", \"eventtype\": \"removed\", \"objtype\": \"T\", \"objpkey\": 1, \"objattrs\": {}} {}", "*not valid JSON*")]
    public void A_message_that_is_no_event_is_refused_with_the_reason(string body, string reason)
    {
        var act = () => EventJson.Decode(Encoding.UTF8.GetBytes(body));

        act.Should().Throw<EventFormatException>().WithMessage(reason);
    }

    [Fact]
    public void The_reason_never_quotes_a_value()
    {
        var act = () => EventJson.Decode("{\"objattrs\": {\"password\": \"s3cret}"u8);

        act.Should().Throw<EventFormatException>().Which.ToString().Should().NotContain("s3cret");
    }

    [Fact]
    public void Random_damage_is_refused_or_read_but_never_throws_anything_else()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var body = EventJson.Encode(RandomEvents.Next(random), new EventStamp("p", i + 1, DateTimeOffset.UnixEpoch));
            for (var damage = random.Next(1, 4); damage > 0; damage--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            try
            {
                EventJson.Decode(body.AsSpan(0, random.Next(4) == 0 ? random.Next(body.Length) : body.Length));
            }
            catch (Exception exception) when (exception is not EventFormatException)
            {
                Assert.Fail($"seed {seed}, event {i}: {exception}\n{Convert.ToBase64String(body)}");
            }
            catch (EventFormatException)
            {
                // Refused, as it should be.
            }
        }
    }

    [Fact]
    public void Members_may_come_in_any_order_and_unknown_ones_are_ignored()
    {
        var decoded = EventJson.Decode(
            "{\"objattrs\":{\"a\":1,\"b\":null,\"c\":[]},\"x\":{\"y\":[1]},\"objpkey\":\"k\",\"objtype\":\"T\",\"eventtype\":\"added\",\"evcategory\":\"base\"}"u8);

        decoded.Event.Should().Be(new AddedEvent("T", EntryKey.Of("k"), Entry.Of(("a", 1)), EventCategory.Base));
    }
}

using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Events.Json;
using Hermes.Events.Schema;

namespace Hermes.Events.Tests.Json;

public sealed class RoundTripTests
{
    public static TheoryData<string, object?> Values => new()
    {
        { "the smallest integer", long.MinValue },
        { "the greatest integer", long.MaxValue },
        { "a double without a fraction", 1000.0 },
        { "a huge double", 1.7976931348623157E+308 },
        { "a tiny double", 5E-324 },
        { "a double of seventeen digits", 0.30000000000000004 },
        { "a decimal of more digits than a double holds", 12345678901234567890.123456789m },
        { "an integer of more than 64 bits", 12345678901234567890m },
        { "a date-time of whole seconds", new DateTime(2024, 2, 29, 12, 34, 56) },
        { "a date-time to the tick", new DateTime(2024, 2, 29, 12, 34, 56).AddTicks(1) },
        { "the first date-time", DateTime.MinValue },
        { "the last date-time", DateTime.MaxValue },
        { "no bytes", Array.Empty<byte>() },
        { "bytes", new byte[] { 0, 255, 16, 62 } },
        { "a text that looks like a number", "00123" },
        { "a text that looks like a date-time", "HermesDatetime(2024-05-01T12:34:56Z)" },
        { "a text that looks like bytes", "HermesBytes(QQ==)" },
        { "a text that only begins like a date-time", "HermesDatetime(yesterday)" },
        { "a text with quotes, controls and other scripts", "a\"b\\c\u0000\u001F\u2028é✓😀</script>" },
        { "the empty text", "" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_it_was(string what, object? raw)
    {
        ValueConversion.TryConvert(raw, out var value).Should().BeTrue();
        var sent = new AddedEvent("T", EntryKey.Of("k"), Entry.Of(("a", value), ("list", ValueList.Create([value, Value.Null, value]))), EventCategory.Base);

        var received = (AddedEvent)EventJson.Decode(EventJson.Encode(sent, stamp: null)).Event;

        (received == sent).Should().BeTrue(what);
        received.Attributes["a"].Kind.Should().Be(value.Kind);
    }

    [Fact]
    public void A_short_decimal_comes_back_as_a_double_of_the_same_value()
    {
        var sent = new AddedEvent("T", EntryKey.Of(1), Entry.Of(("price", 12.50m), ("whole", 5m)), EventCategory.Base);

        var received = (AddedEvent)EventJson.Decode(EventJson.Encode(sent, stamp: null)).Event;

        received.Attributes.Should().Equal(Entry.Of(("price", 12.5), ("whole", 5.0)));
    }

    [Fact]
    public void Random_events_come_back_as_they_were()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var sent = RandomEvents.Next(random);
            var stamp = random.Next(3) == 0 ? null : new EventStamp("p" + random.Next(9), random.Next(1, 1_000_000), DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1L << 55)));

            var received = EventJson.Decode(EventJson.Encode(sent, stamp));

            (received.Event == sent).Should().BeTrue($"seed {seed}, event {i}: {Encoding.UTF8.GetString(EventJson.Encode(sent, stamp))}");
            received.Stamp.Should().Be(stamp, $"seed {seed}, event {i}");
        }
    }

    [Fact]
    public void A_stamp_put_in_later_is_written_as_one_written_at_once()
    {
        var @event = new RemovedEvent("T", EntryKey.Of("a", 1));
        var stamp = new EventStamp("0af7651916cd43dd8448eb211c80319c", 42, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        var stamped = EventJson.WithStamp(EventJson.Encode(@event, stamp: null), stamp);

        Encoding.UTF8.GetString(stamped).Should().Be(Encoding.UTF8.GetString(EventJson.Encode(@event, stamp)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused(double number)
    {
        var act = () => EventJson.Encode(new AddedEvent("T", EntryKey.Of(1), Entry.Of(("a", number)), EventCategory.Base), stamp: null);

        act.Should().Throw<EventFormatException>().WithMessage("*not finite*");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_a_whole_one_is_not()
    {
        var half = () => EventJson.Encode(new AddedEvent("T", EntryKey.Of(1), Entry.Of(("a", "x\uD83Dx")), EventCategory.Base), stamp: null);

        half.Should().Throw<EventFormatException>().WithMessage("*surrogate*");
    }

    [Fact]
    public void Message_above_the_limit_is_neither_written_nor_read()
    {
        var write = () => EventJson.Encode(
            new AddedEvent("T", EntryKey.Of(1), Entry.Of(("a", new string('x', EventJson.MaxMessageLength))), EventCategory.Base), stamp: null);
        var read = () => EventJson.Decode(new byte[EventJson.MaxMessageLength + 1]);

        write.Should().Throw<EventFormatException>().WithMessage("*67,108,864 are allowed*");
        read.Should().Throw<EventFormatException>().WithMessage("*67,108,864 are allowed*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_initsync_that_is_the_whole_truth_says_so(bool isResync)
    {
        var start = new InitStartEvent(DataSchema.Empty) { IsResync = isResync };

        var message = EventJson.Encode(start, stamp: null);

        EventJson.Decode(message).Event.Should().Be(start);
        Encoding.UTF8.GetString(message).Contains("resync", StringComparison.Ordinal).Should().Be(isResync);
    }

    [Theory]
    [InlineData("0af7651916cd43dd8448eb211c80319c")]
    [InlineData(null)]
    public void An_initsync_names_the_producer_that_it_follows_on(string? predecessor)
    {
        var start = new InitStartEvent(DataSchema.Empty) { IsResync = true, Predecessor = predecessor };

        var message = EventJson.Encode(start, stamp: null);

        EventJson.Decode(message).Event.Should().Be(start);
        Encoding.UTF8.GetString(message).Contains("predecessor", StringComparison.Ordinal).Should().Be(predecessor is not null);
    }
}

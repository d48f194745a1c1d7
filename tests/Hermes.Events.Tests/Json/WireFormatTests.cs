using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Events.Json;
using Hermes.Events.Schema;

namespace Hermes.Events.Tests.Json;

/// <summary>Each line of the fixture was written by hand from the description of the wire format; here is the event that it must mean.</summary>
public sealed class WireFormatTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "wire.jsonl"));

    private static readonly HermesEvent[] Meanings =
    [
        new InitStartEvent(new DataSchema(
            new TypeSchema("Rooms", ["floor", "room_id"], [], ["room_id"], ImmutableSortedDictionary<string, ForeignKey>.Empty),
            new TypeSchema("People", ["badge", "born", "person_id", "pin"], ["pin"], ["person_id"], ImmutableSortedDictionary<string, ForeignKey>.Empty),
            new TypeSchema("Seats", ["person_id", "room_id"], [], ["room_id", "person_id"], ImmutableSortedDictionary<string, ForeignKey>.Empty
                .Add("person_id", new ForeignKey("People", "person_id")).Add("room_id", new ForeignKey("Rooms", "room_id"))))),
        new AddedEvent(
            "People",
            EntryKey.Of(7),
            Entry.Of(
                ("badge", new byte[] { 0xDE, 0xAD, 0xBE, 0xEF }), ("born", new DateTime(1985, 6, 30, 23, 59, 59)), ("height", 1.75),
                ("langs", ValueList.Create(["fr", "slúnske", ""])), ("member", true), ("note", ""), ("person_id", 7), ("weight", 61.0)),
            EventCategory.InitSync),
        new AddedEvent("Seats", EntryKey.Of("B-2", 7), Entry.Of(("person_id", 7), ("room_id", "B-2")), EventCategory.InitSync),
        new InitStopEvent(),
        new AddedEvent(
            "Rooms",
            EntryKey.Of("B-3"),
            Entry.Of(
                ("equipment", ValueMap.Create([new("beamer", 2), new("boards", ValueList.Create(["white", "black"]))])), ("floor", -1), ("room_id", "B-3")),
            EventCategory.Base),
        new ModifiedEvent("People", EntryKey.Of(7), new AttributeChanges(
            Entry.Of(("pin", "0042")), Entry.Of(("born", new DateTime(1985, 6, 30, 23, 59, 59, 0, 125))), ["langs", "note"])),
        new RemovedEvent("Seats", EntryKey.Of("B-2", 7)),
        new DataSchemaEvent(new DataSchema(
            new TypeSchema("Rooms", ["room_id"], [], ["room_id"], ImmutableSortedDictionary<string, ForeignKey>.Empty))),
    ];

    public static TheoryData<int> EachLine => [.. Enumerable.Range(0, Lines.Length)];

    [Theory]
    [MemberData(nameof(EachLine))]
    public void A_line_written_by_hand_is_read_as_the_event_it_means(int line)
    {
        var decoded = EventJson.Decode(Encoding.UTF8.GetBytes(Lines[line]));

        (decoded.Event == Meanings[line]).Should().BeTrue(Lines[line]);
        decoded.Stamp.Should().BeNull("the original program adds none");
    }

    [Theory]
    [MemberData(nameof(EachLine))]
    public void An_event_is_written_as_the_line_written_by_hand(int line)
    {
        var written = Encoding.UTF8.GetString(EventJson.Encode(Meanings[line], stamp: null));

        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(Lines[line])).Should().BeTrue($"{written} should be {Lines[line]}");
        TokensOf(written).Should().Equal(TokensOf(Lines[line]), "the members stand in the same order and numbers are written alike");
    }

    [Fact]
    public void The_fixture_holds_every_kind_of_event()
    {
        var kinds = typeof(HermesEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HermesEvent)) && !type.IsAbstract);

        Meanings.Select(meaning => meaning.GetType()).Distinct().Should().BeEquivalentTo(kinds);
    }

    private static string[] TokensOf(string json) =>
        [.. JsonNode.Parse(json)!.ToJsonString().Split(',', StringSplitOptions.RemoveEmptyEntries)];
}

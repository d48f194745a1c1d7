using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Polling;

public class AwkwardDataTests
{
    public static TheoryData<string> Texts => ["", " ", "\0", "\u0001\u001F\u007F", "\U0001F600", "\uD83D", "\uDE00\uD83D", "line\nbreak", "é", "e\u0301"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Any_text_may_be_part_of_a_key_and_of_a_value(string text)
    {
        var server = new Server(Types.Model(Types.Type("Pairs", ["a", "b"], Types.Source("hr", "a", "b", "x"))));
        var entry = Entry.Of(("a", text), ("b", text + text), ("x", text));

        server.Rows("Pairs/hr", entry).Poll().Should().ContainSingle().Which.Should().BeOfType<AddedChange>().Which.Attributes.Should().Equal(entry);
        server.Poll().Should().BeEmpty();
        server.State.Stored("Pairs").Single().Sent.Should().Equal(entry);
        server.Restart();
        server.Poll().Should().BeEmpty();
        server.Rows("Pairs/hr").Poll().Should().Equal(new RemovedChange("Pairs", EntryKey.Of(text, text + text).ToString()));
    }

    [Fact]
    public void Parts_of_a_key_do_not_run_into_each_other()
    {
        var server = new Server(Types.Model(Types.Type("Pairs", ["a", "b"], Types.Source("hr", "a", "b"))));
        server.Rows("Pairs/hr", Pair("ab", "c"), Pair("a", "bc"), Pair("", "abc"), Pair("abc", ""), Pair("1", 1), Pair(1, "1"));

        server.Poll().Should().HaveCount(6);
        server.ReportOf("Pairs").Inconsistencies.Count.Should().Be(0);

        static Entry Pair(Value a, Value b) => Entry.Of(("a", a), ("b", b));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_of_ten_megabytes_are_carried(bool twoSources)
    {
        var type = Types.Type("Users", ["id"], Types.Source("hr", "id", "photo", "text"));
        if (twoSources)
            type.Sources.Add(Types.Source("wifi", "id", "profile"));
        var server = new Server(Types.Model(type));
        var photo = new byte[10_000_000];
        new Random(1).NextBytes(photo);
        var big = Entry.Of(("id", 2), ("photo", photo), ("text", new string('ö', 5_000_000)));
        server.Rows("Users/hr", Entry.Of(("id", 1)), big, Entry.Of(("id", 3)));

        server.Poll().Should().HaveCount(3);
        server.State.Stored("Users").Select(entry => entry.Sent).Should().Contain(entry => entry.Equals(big));
        server.Poll().Should().BeEmpty();
        photo = [.. photo];
        photo[9_999_999]++;
        server.Rows("Users/hr", Entry.Of(("id", 1)), big.With("photo", photo), Entry.Of(("id", 3)));
        server.Poll().Should().ContainSingle().Which.Should().BeOfType<ModifiedChange>().Which.Changes.Modified.Keys.Should().Equal("photo");
    }

    [Fact]
    public void Five_thousand_attributes_are_carried()
    {
        string[] names = [.. Enumerable.Range(0, 5000).Select(i => "a" + i)];
        var server = new Server(Types.Model(Types.Type("Wide", ["a0"], Types.Source("hr", names))));
        var entry = Entry.Create(names.Select((name, i) => KeyValuePair.Create(name, (Value)i)));

        server.Rows("Wide/hr", entry).Poll().Should().ContainSingle();
        server.Rows("Wide/hr", entry.With("a4999", "x")).Poll().Should().ContainSingle().Which.Should().BeOfType<ModifiedChange>()
            .Which.Changes.Should().Be(new AttributeChanges(Entry.Empty, Entry.Of(("a4999", "x")), []));
    }

    [Fact]
    public void Rows_may_change_their_columns_in_the_middle_of_a_read()
    {
        var server = new Server(Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "name"))));
        server.RawRows(
            "Users/hr",
            new SourceRow(new RowColumns("id", "name"), [1, "ann"]),
            new SourceRow(new RowColumns("name", "other", "id"), ["bob", "x", 2]));

        server.Poll().Cast<AddedChange>().Select(change => change.Attributes).Should().Equal(
            Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "bob")));
    }
}

using Hermes.Abstractions.Data;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Polling;

public class LostAttributesTests
{
    [Fact]
    public void Entries_that_lose_an_attribute_are_counted_with_those_that_had_it()
    {
        var server = Start(User(1, mail: "a"), User(2, mail: "b"), User(3), User(4, mail: "d"), User(5, mail: "e"));
        server.Rows("Users/hr", User(1), User(2, mail: "new"), User(3, mail: "gained"), User(4, mail: "d"), User(6), User(7, mail: "new"));

        server.Poll();

        var lost = server.Lost.Should().ContainSingle().Subject;
        (lost.Name, lost.Keys.Count, lost.Before).Should().Be(("mail", 1, 3), "the entry that is gone does not count, nor do new ones and one that has gained it");
    }

    [Fact]
    public void What_stays_is_not_told_and_what_else_changed_is()
    {
        var server = Start(User(1, name: "ann", mail: "a"), User(2, name: "bob", mail: "b"));
        server.Holds = lost => lost.Name == "mail";
        server.Rows("Users/hr", User(1, name: "anne"), User(2, name: "bob"));

        server.Poll().Should().Equal(new ModifiedChange("Users", "1", new(Entry.Empty, Entry.Of(("name", "anne")), []), AttributeChanges.None));

        server.State.Stored("Users").Select(entry => entry.All.Get("mail")).Should().Equal("a", "b");
        (server.Report.Types[0].Modified, server.Report.Types[0].Refreshed).Should().Be((1, 0));
        server.Poll().Should().BeEmpty();
        server.Restart();
        server.Poll().Should().BeEmpty("the lost value is found and stands in again");
        server.Lost.Should().ContainSingle().Which.Keys.Should().HaveCount(2);
    }

    [Fact]
    public void What_does_not_stay_is_told_as_ever()
    {
        var server = Start(User(1, name: "ann", mail: "a"));
        server.Rows("Users/hr", User(1, name: "anne", phone: "1"));

        server.Poll().Should().Equal(
            new ModifiedChange("Users", "1", new(Entry.Of(("phone", "1")), Entry.Of(("name", "anne")), ["mail"]), AttributeChanges.None));
        server.Poll().Should().BeEmpty();
    }

    [Fact]
    public void Of_two_attributes_one_may_stay()
    {
        var server = Start(User(1, mail: "a", phone: "1"));
        server.Holds = lost => lost.Name == "mail";
        server.Rows("Users/hr", User(1));

        server.Poll().Should().Equal(new ModifiedChange("Users", "1", new(Entry.Empty, Entry.Empty, ["phone"]), AttributeChanges.None));

        server.Holds = _ => false;
        server.Poll().Should().Equal(new ModifiedChange("Users", "1", new(Entry.Empty, Entry.Empty, ["mail"]), AttributeChanges.None));
    }

    [Fact]
    public void Secret_that_stays_is_neither_told_to_be_cleared_nor_sent_again()
    {
        var server = Start(User(1, pin: "4711"));
        server.Holds = _ => true;
        server.Rows("Users/hr", User(1));
        server.Poll().Should().BeEmpty();
        server.State.Stored("Users").Single().SetSecrets.Should().Equal("pin");

        server.Rows("Users/hr", User(1, pin: "4711")).Poll().Should().BeEmpty("it is what was sent");
        server.Rows("Users/hr", User(1));
        server.Restart();
        server.Poll().Should().BeEmpty();

        server.Holds = _ => false;
        server.Poll().Should().Equal(new ModifiedChange("Users", "1", AttributeChanges.None, new(Entry.Empty, Entry.Empty, ["pin"])));
        server.Poll().Should().BeEmpty();
    }

    [Fact]
    public void Secret_of_an_entry_that_loses_something_is_sent_if_it_is_new_and_lies_nowhere_meanwhile()
    {
        var server = Start(User(1, mail: "a", pin: "4711"));
        server.Holds = _ => true;
        server.Rows("Users/hr", User(1, pin: "4712"));

        server.Poll().Should().Equal(new ModifiedChange("Users", "1", AttributeChanges.None, new(Entry.Empty, Entry.Of(("pin", "4712")), [])));

        server.Poll().Should().BeEmpty();
        server.SetAside.Should().NotBeEmpty().And.NotContain(values => System.Text.Encoding.Latin1.GetString(values).Contains("471"));
    }

    [Fact]
    public void Key_that_stands_twice_after_all_is_not_among_those_that_lose()
    {
        var server = Start(User(1, mail: "a"), User(2, mail: "b"), User(3, mail: "c"), User(4, mail: "d"));
        server.Rows("Users/hr", User(1), User(2), User(3, mail: "c"), User(4, mail: "d"), User(1));

        server.Poll().Should().Equal(new ModifiedChange("Users", "2", new(Entry.Empty, Entry.Empty, ["mail"]), AttributeChanges.None));

        server.Lost.Single().Keys.Should().HaveCount(1);
    }

    [Fact]
    public void Attribute_that_is_not_looked_at_is_removed_as_ever()
    {
        var server = Start(User(1, mail: "a"));
        (server.Watched, server.Holds) = (name => name == "phone", _ => true);
        server.Rows("Users/hr", User(1));

        server.Poll().Should().Equal(new ModifiedChange("Users", "1", new(Entry.Empty, Entry.Empty, ["mail"]), AttributeChanges.None));
        server.Lost.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void With_nothing_held_the_changes_are_those_of_a_poll_that_looks_at_nothing(int seed, bool collected)
    {
        var random = new Random(seed);
        var (watching, other) = (new Server(Model(collected)), new Server(Model(collected)));
        watching.Watched = _ => true;
        for (var round = 0; round < 30; round++)
        {
            Entry[] rows = [.. Enumerable.Range(0, 12).Where(_ => random.Next(5) > 0).Select(i => User(random.Next(9) == 0 ? i / 2 : i, Some(), Some(), Some(), Some()))];
            if (random.Next(7) == 0)
            {
                watching.Restart();
                other.Restart();
            }

            foreach (var server in new[] { watching, other })
                server.Rows("Users/hr", rows).Rows(collected ? "Users/more" : "Users/hr", rows);
            watching.Poll().Should().BeEquivalentTo(other.Poll(), options => options.ComparingByValue<Change>());
            watching.State.Stored("Users").Select(entry => entry.Encode()).Should().BeEquivalentTo(other.State.Stored("Users").Select(entry => entry.Encode()));
        }

        string? Some() => random.Next(3) switch { 0 => null, 1 => "one", _ => "two" };
    }

    private static Server Start(params Entry[] rows)
    {
        var server = new Server(Model(collected: false)) { RowsAtOnce = 2, Watched = _ => true }.Rows("Users/hr", rows);
        server.Poll();
        return server;
    }

    private static ServerModelOptions Model(bool collected)
    {
        var source = Types.Source("hr", "id", "name", "mail", "phone", "pin").Secret("pin");
        return collected
            ? Types.Model(Types.Type("Users", ["id"], source, Types.Source("more", "id", "name")))
            : Types.Model(Types.Type("Users", ["id"], source));
    }

    private static Entry User(int id, string? name = null, string? mail = null, string? phone = null, string? pin = null) =>
        Entry.Of(("id", id), ("name", name), ("mail", mail), ("phone", phone), ("pin", pin));
}

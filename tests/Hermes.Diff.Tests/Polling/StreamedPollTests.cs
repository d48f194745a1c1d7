using Hermes.Abstractions.Data;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Polling;

public class StreamedPollTests
{
    private static readonly ServerModelOptions Users = Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "name", "mail")));

    [Fact]
    public void First_poll_adds_every_entry()
    {
        var server = new Server(Users).Rows("Users/hr", User(1, "ann"), User(2, "bob", "b@x"));

        server.Poll().Should().Equal(
            new AddedChange("Users", "1", User(1, "ann"), Entry.Empty, User(1, "ann")),
            new AddedChange("Users", "2", User(2, "bob", "b@x"), Entry.Empty, User(2, "bob", "b@x")));
        server.ReportOf("Users").Should().Match<Diff.Polling.TypeReport>(report => report.Added == 2 && report.Rows == 2 && report.Entries == 2 && report.Cached == 0);
    }

    [Fact]
    public void Poll_of_the_same_data_reports_nothing_and_reads_nothing_back()
    {
        var server = new Server(Users).Rows("Users/hr", User(1, "ann"), User(2, "bob"));
        server.Poll();
        server.Rows("Users/hr", User(2, "bob"), User(1, "ann"));

        server.Poll().Should().BeEmpty();
        server.State.Reads.Should().Be(0);
    }

    [Fact]
    public void Changed_entry_is_reported_attribute_by_attribute()
    {
        var server = new Server(Users).Rows("Users/hr", User(1, "ann", "a@x"), User(2, "bob"));
        server.Poll();
        server.Rows("Users/hr", Entry.Of(("id", 1), ("mail", "new@x")), User(2, "bob", "b@x"));

        server.Poll().Should().Equal(
            new ModifiedChange("Users", "1", new(Entry.Empty, Entry.Of(("mail", "new@x")), ["name"]), AttributeChanges.None),
            new ModifiedChange("Users", "2", new(Entry.Of(("mail", "b@x")), Entry.Empty, []), AttributeChanges.None));
        server.Poll().Should().BeEmpty();
    }

    [Fact]
    public void Entry_that_is_gone_is_removed_and_may_come_back()
    {
        var server = new Server(Users).Rows("Users/hr", User(1, "ann"), User(2, "bob"));
        server.Poll();

        server.Rows("Users/hr", User(2, "bob")).Poll().Should().Equal(new RemovedChange("Users", "1"));
        server.Poll().Should().BeEmpty();
        server.Rows("Users/hr", User(1, "ann"), User(2, "bob")).Poll().Should().ContainSingle().Which.Should().BeOfType<AddedChange>();
    }

    [Fact]
    public void Poll_that_is_dropped_changes_nothing()
    {
        var server = new Server(Users).Rows("Users/hr", User(1, "ann"), User(2, "bob"));
        server.Poll();
        server.Rows("Users/hr", User(1, "changed"), User(3, "new"));

        var first = server.Poll(beforeStore: (_, _) => false);
        var second = server.Poll(beforeStore: (_, _) => false);

        first.Should().HaveCount(3);
        second.Should().Equal(first);
        server.Poll().Should().Equal(first);
        server.Poll().Should().BeEmpty();
    }

    [Fact]
    public void Removals_that_are_kept_back_stay_known_and_are_told_again()
    {
        var server = new Server(Users).Rows("Users/hr", User(1, "ann"), User(2, "bob"));
        server.Poll();
        server.Rows("Users/hr", User(2, "bob"));
        server.Poll((poll, removed) =>
        {
            poll.Keep(removed.Should().ContainSingle().Subject);
            poll.Commit();
            return false;
        });

        server.Poll().Should().Equal(new RemovedChange("Users", "1"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Key_that_stands_twice_keeps_the_cached_entry_whatever_batches_its_rows_come_in(int rowsAtOnce)
    {
        var server = new Server(Users) { RowsAtOnce = rowsAtOnce };
        server.Rows("Users/hr", User(1, "ann"), User(2, "bob")).Poll();
        server.Rows("Users/hr", User(1, "x"), User(3, "new"), User(2, "bobby"), User(1, "y"), User(3, "new"), User(3, "newer"), User(1, "ann"));

        server.Poll().Should().ContainSingle().Which.Should().BeOfType<ModifiedChange>().Which.Key.Should().Be("2");
        server.ReportOf("Users").Should().Match<Diff.Polling.TypeReport>(report => report.Added == 0 && report.Modified == 1 && report.Entries == 2);
        server.ReportOf("Users").Inconsistencies.Count.Should().Be(2);
        server.State.Stored("Users").Select(entry => entry.Sent).Should().Equal(User(1, "ann"), User(2, "bobby"));
    }

    [Fact]
    public void Key_that_stands_twice_keeps_the_cached_entry_and_is_reported()
    {
        var server = new Server(Users).Rows("Users/hr", User(1, "ann"), User(2, "bob"));
        server.Poll();
        server.Rows("Users/hr", User(1, "x"), User(3, "new"), User(1, "y"), User(3, "new"), User(3, "newer"), User(2, "bob"));

        server.Poll().Should().BeEmpty();
        server.ReportOf("Users").Inconsistencies.First.Select(issue => issue.Key).Should().Equal(EntryKey.Of(1), EntryKey.Of(3));
        server.ReportOf("Users").Entries.Should().Be(2);

        server.Rows("Users/hr", User(2, "bob"), User(3, "new"), User(1, "ann"));
        server.Poll().Should().ContainSingle().Which.Key.Should().Be("3");
    }

    private static Entry User(int id, string name, string? mail = null) => Entry.Of(("id", id), ("name", name), ("mail", mail));
}

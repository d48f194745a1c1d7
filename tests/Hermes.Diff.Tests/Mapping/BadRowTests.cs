using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Mapping;

public class BadRowTests
{
    [Fact]
    public void Row_that_cannot_be_mapped_fails_the_poll_unless_told_otherwise()
    {
        var server = new Server(Users(BadRowPolicy.Fail)).Rows("Users/hr", User(1, "4"), User(2, "many"));

        server.Invoking(one => one.Poll()).Should().Throw<EvaluationException>().WithMessage("type Users, key 2, source hr, attribute floor*");
    }

    [Fact]
    public void Entry_of_a_bad_row_stays_as_it_is_cached_and_all_others_go_on()
    {
        var server = new Server(Users(BadRowPolicy.KeepCached)).Rows("Users/hr", User(1, "1"), User(2, "2"), User(3, "3"));
        server.Poll();
        server.Rows("Users/hr", User(1, "10"), User(2, "many"), User(4, "4"));

        server.Poll().Should().Equal(
            new ModifiedChange("Users", "1", new(Entry.Empty, Entry.Of(("floor", 10)), []), AttributeChanges.None),
            new AddedChange("Users", "4", Entry.Of(("floor", 4), ("id", 4)), Entry.Empty, Entry.Of(("floor", 4), ("id", 4))),
            new RemovedChange("Users", "3"));
        var report = server.ReportOf("Users");
        report.Entries.Should().Be(3);
        var issue = report.BadRows.First.Should().ContainSingle().Subject;
        (issue.Key, issue.Source, issue.Attributes[0]).Should().Be((EntryKey.Of(2), "hr", "floor"));
        issue.Problem.Should().Contain("the mapping failed");
    }

    [Fact]
    public void Entry_comes_again_as_soon_as_its_row_can_be_mapped()
    {
        var server = new Server(Users(BadRowPolicy.KeepCached)).Rows("Users/hr", User(1, "1"));
        server.Poll();
        server.Rows("Users/hr", User(1, "many")).Poll().Should().BeEmpty();
        server.Poll().Should().BeEmpty();

        server.Rows("Users/hr", User(1, "2")).Poll().Should().ContainSingle().Which.Should().BeOfType<ModifiedChange>();
        server.ReportOf("Users").BadRows.Count.Should().Be(0);
    }

    [Fact]
    public void New_entry_of_a_bad_row_is_left_out_until_it_can_be_mapped()
    {
        var server = new Server(Users(BadRowPolicy.KeepCached)).Rows("Users/hr", User(1, "many"));

        server.Poll().Should().BeEmpty();
        server.ReportOf("Users").Entries.Should().Be(0);
        server.Rows("Users/hr", User(1, "1")).Poll().Should().ContainSingle().Which.Should().BeOfType<AddedChange>();
    }

    [Fact]
    public void Row_whose_key_cannot_be_computed_fails_the_poll_all_the_same()
    {
        var server = new Server(Users(BadRowPolicy.KeepCached)).Rows("Users/hr", User(1, "1"), Entry.Of(("floor", "2")));

        server.Invoking(one => one.Poll()).Should().Throw<EvaluationException>().WithMessage("*has no key*");
    }

    [Theory]
    [InlineData("many", "3")]
    [InlineData("3", "many")]
    public void Key_that_stands_twice_is_told_as_such_too(string first, string second)
    {
        var server = new Server(Users(BadRowPolicy.KeepCached)).Rows("Users/hr", User(1, "1"));
        server.Poll();

        server.Rows("Users/hr", User(1, first), User(1, second)).Poll().Should().BeEmpty();
        server.ReportOf("Users").BadRows.Count.Should().Be(1);
        server.ReportOf("Users").Entries.Should().Be(1);
    }

    [Fact]
    public void Too_large_a_value_is_a_bad_row()
    {
        var source = Types.Source("hr", "id", "floor");
        source.OnBadRow = BadRowPolicy.KeepCached;
        var model = Types.Model(Types.Type("Users", ["id"], source));
        model.MaxValueLength = 100;
        var server = new Server(model).Rows("Users/hr", User(1, "1"), User(2, new string('7', 101)));

        server.Poll().Should().ContainSingle();
        server.ReportOf("Users").BadRows.First.Should().ContainSingle().Which.Problem.Should().Contain("MaxValueLength");
    }

    [Fact]
    public void Entry_of_several_sources_stays_as_a_whole_when_a_row_of_one_is_bad()
    {
        var wifi = Types.Source("wifi", "id").With("floor", Floor).With("profile", new TextMapping("profile"));
        wifi.OnBadRow = BadRowPolicy.KeepCached;
        var server = new Server(Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "name"), wifi)))
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "bob")))
            .Rows("Users/wifi", User(1, "1"), User(2, "2"));
        server.Poll();

        server.Rows("Users/hr", Entry.Of(("id", 1), ("name", "anna")), Entry.Of(("id", 2), ("name", "bobby")))
            .Rows("Users/wifi", User(1, "many"), User(2, "2"));

        server.Poll().Should().Equal(new ModifiedChange("Users", "2", new(Entry.Empty, Entry.Of(("name", "bobby")), []), AttributeChanges.None));
        server.ReportOf("Users").BadRows.First.Should().ContainSingle(issue => issue.Key == EntryKey.Of(1) && issue.Source == "wifi");
    }

    private static ServerModelOptions Users(BadRowPolicy policy)
    {
        var source = Types.Source("hr", "id").With("floor", Floor);
        source.OnBadRow = policy;
        return Types.Model(Types.Type("Users", ["id"], source));
    }

    private static FunctionMapping Floor =>
        new(["floor"], values => Value.From(long.Parse(values[0].AsString()[..Math.Min(18, values[0].AsString().Length)], System.Globalization.CultureInfo.InvariantCulture)));

    private static Entry User(int id, string floor) => Entry.Of(("id", id), ("floor", floor));
}

using Hermes.Abstractions.Data;
using Hermes.Diff.Templates;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Constraints;

public class IntegrityTests
{
    private static readonly string UserExists = FakeEngine.Membership("user", "Users_pkeys");
    private static readonly string GroupExists = FakeEngine.Membership("group", "Groups_pkeys");

    [Fact]
    public void Membership_whose_parent_is_not_there_is_dropped_and_reported()
    {
        var server = Campus();
        server.Model.Streamed.Should().OnlyContain(streamed => streamed);
        server.Rows("Users/hr", Id(1), Id(2)).Rows("Groups/hr", Id(7)).Rows("Members/hr", Member(1, 7), Member(3, 7), Member(2, 8));

        server.Poll().OfType<AddedChange>().Where(change => change.Type == "Members").Select(change => change.Key).Should().Equal("(1, 7)");
        server.ReportOf("Members").IntegrityFiltered.First.Select(issue => issue.Key).Should().Equal(EntryKey.Of(3, 7), EntryKey.Of(2, 8));
        server.ReportOf("Members").Entries.Should().Be(1);
    }

    [Fact]
    public void Membership_falls_with_its_group_in_the_same_poll()
    {
        var server = Campus().Rows("Users/hr", Id(1)).Rows("Groups/hr", Id(7)).Rows("Members/hr", Member(1, 7));
        server.Poll();

        server.Rows("Groups/hr").Poll().Should().Equal(new RemovedChange("Members", "(1, 7)"), new RemovedChange("Groups", "7"));
        server.Rows("Groups/hr", Id(7)).Poll().Select(change => change.Type).Should().Equal("Groups", "Members");
    }

    [Fact]
    public void Cached_entry_that_stands_in_for_an_inconsistent_one_is_judged_as_well()
    {
        var server = Campus().Rows("Users/hr", Id(1), Id(2)).Rows("Groups/hr", Id(7)).Rows("Members/hr", Member(1, 7), Member(2, 7));
        server.Poll();

        server.Rows("Users/hr", Id(1)).Rows("Members/hr", Member(1, 7), Member(1, 7), Member(2, 7), Member(2, 7));
        server.Poll().Should().Equal(new RemovedChange("Members", "(2, 7)"), new RemovedChange("Users", "2"));
        server.ReportOf("Members").Inconsistencies.Count.Should().Be(2);
        server.ReportOf("Members").Entries.Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cached_entry_is_not_judged_by_attributes_that_are_not_cached(bool collected)
    {
        var engine = new FakeEngine().Knows(
            "{{ active }}", ["_SELF"], values => FakeEngine.Member(values[0], "state") == "active", selfMembers: ["state"]);
        var type = Types.Type("Users", ["id"], Types.Source("hr", "id", "state").Local("state")).Requiring("{{ active }}");
        if (collected)
            type.Sources.Add(Types.Source("other", "id"));
        var server = new Server(Types.Model(type), engine).Rows("Users/hr", Row(1, "active"), Row(2, "active"), Row(3, "gone"));
        server.Poll().Select(change => change.Key).Should().Equal("1", "2");

        server.Rows("Users/hr", Row(1, "active"), Row(1, "active"), Row(2, "gone")).Poll().Should().Equal(new RemovedChange("Users", "2"));

        static Entry Row(int id, string state) => Entry.Of(("id", id), ("state", state));
    }

    [Fact]
    public void Parent_whose_key_stands_twice_is_there_if_it_is_cached()
    {
        var server = Campus().Rows("Users/hr", Id(1)).Rows("Groups/hr", Id(7)).Rows("Members/hr", Member(1, 7));
        server.Poll();

        server.Rows("Users/hr", Id(1), Id(1), Id(2), Id(2)).Rows("Members/hr", Member(1, 7), Member(2, 7));
        server.Poll().Should().BeEmpty();
        server.ReportOf("Members").IntegrityFiltered.First.Select(issue => issue.Key).Should().Equal(EntryKey.Of(2, 7));
    }

    [Fact]
    public void Constraint_on_a_later_type_and_on_the_own_type_falls_in_chains()
    {
        // A user needs a boss among the users, a group a user, and the boss a group: a chain that falls from its end.
        var engine = new FakeEngine().KnowsMembership("boss", "Users_pkeys").KnowsMembership("owner", "Users_pkeys").KnowsMembership("group", "Groups_pkeys");
        var options = Types.Model(
            Types.Type("Users", ["id"], Types.Source("hr", "id", "boss", "group"))
                .Requiring(FakeEngine.Membership("boss", "Users_pkeys"), FakeEngine.Membership("group", "Groups_pkeys")),
            Types.Type("Groups", ["id"], Types.Source("hr", "id", "owner")).Requiring(FakeEngine.Membership("owner", "Users_pkeys")));
        var server = new Server(options, engine);
        server.Model.Streamed.Should().Equal(false, false);

        server.Rows("Users/hr", User(1, 1, 70), User(2, 1, 70), User(3, 99, 70), User(4, 3, 70), User(5, 1, 71), User(6, 5, 70), User(7, 7, 72));
        server.Rows("Groups/hr", Group(70, 1), Group(71, 4), Group(72, 6));
        server.Poll().Select(change => change.Type + change.Key).Should().Equal("Users1", "Users2", "Groups70");
        server.ReportOf("Users").IntegrityFiltered.Count.Should().Be(5);
        server.ReportOf("Groups").IntegrityFiltered.Count.Should().Be(2);
    }

    [Fact]
    public void Constraint_that_is_not_a_membership_is_judged_before_any_entry_falls()
    {
        // "Nobody else has me as boss": if entries fell one by one, the outcome would depend on the order of the rows.
        var engine = new FakeEngine().KnowsMembership("boss", "Users_pkeys", negated: true);
        var options = Types.Model(
            Types.Type("Users", ["id"], Types.Source("hr", "id", "boss")).Requiring(FakeEngine.Membership("boss", "Users_pkeys", negated: true)));

        foreach (var rows in new[] { new[] { (1, 2), (2, 3), (3, 0) }, [(3, 0), (2, 3), (1, 2)], [(2, 3), (1, 2), (3, 0)] })
        {
            var server = new Server(options, engine).Rows("Users/hr", rows.Select(row => User(row.Item1, row.Item2, 0)));
            server.Poll().Select(change => change.Key).Should().Equal("3");
        }
    }

    [Fact]
    public void Constraint_may_look_into_the_entries_of_a_type()
    {
        var engine = new FakeEngine().Knows(
            "{{ entries }}",
            ["_SELF", "Users"],
            values => values[1].AsObject().Items!.Any(user => FakeEngine.Member(user, "login") == FakeEngine.Member(values[0], "login")));
        var options = Types.Model(
            Types.Type("Users", ["id"], Types.Source("hr", "id", "login").Local("login")),
            Types.Type("Mails", ["login"], Types.Source("hr", "login")).Requiring("{{ entries }}"));
        var server = new Server(options, engine)
            .Rows("Users/hr", Entry.Of(("id", 1), ("login", "ann")))
            .Rows("Mails/hr", Entry.Of(("login", "ann")), Entry.Of(("login", "bob")));

        server.Poll().Select(change => change.Key).Should().Equal("1", "ann");
    }

    [Fact]
    public void Constraint_that_fails_tells_type_key_and_template_and_changes_nothing()
    {
        var engine = new FakeEngine().Knows("{{ boom }}", ["_SELF"], _ => throw new Abstractions.Templates.TemplateException("Boom.", "{{ boom }}", 1, 4));
        var server = new Server(Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id")).Requiring("{{ boom }}")), engine).Rows("Users/hr", Id(5));

        server.Invoking(it => it.Poll()).Should().Throw<EvaluationException>()
            .Which.Place.Should().Be(new EvaluationPlace("Users", null, "5", null, "{{ boom }}"));
        server.Rows("Users/hr").Poll().Should().BeEmpty();
    }

    [Fact]
    public void Random_chains_reach_the_same_entries_as_the_rule_applied_by_hand()
    {
        var engine = new FakeEngine().KnowsMembership("boss", "Users_pkeys").KnowsMembership("owner", "Users_pkeys").KnowsMembership("group", "Groups_pkeys");
        var options = Types.Model(
            Types.Type("Users", ["id"], Types.Source("hr", "id", "boss", "group"))
                .Requiring(FakeEngine.Membership("boss", "Users_pkeys"), FakeEngine.Membership("group", "Groups_pkeys")),
            Types.Type("Groups", ["id"], Types.Source("hr", "id", "owner")).Requiring(FakeEngine.Membership("owner", "Users_pkeys")));
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var users = Enumerable.Range(0, random.Next(30)).Select(id => (Id: id, Boss: random.Next(30), Group: random.Next(12))).ToList();
            var groups = Enumerable.Range(0, random.Next(12)).Select(id => (Id: id, Owner: random.Next(30))).ToList();
            var server = new Server(options, engine)
                .Rows("Users/hr", users.Select(user => User(user.Id, user.Boss, user.Group)))
                .Rows("Groups/hr", groups.Select(group => Group(group.Id, group.Owner)));
            var found = server.Poll().Select(change => change.Type + change.Key);

            while (users.RemoveAll(user => users.All(boss => boss.Id != user.Boss) || groups.All(group => group.Id != user.Group))
                + groups.RemoveAll(group => users.All(user => user.Id != group.Owner)) > 0)
            {
            }

            found.Should().Equal(users.Select(user => "Users" + user.Id).Concat(groups.Select(group => "Groups" + group.Id)), $"of seed {seed}");
        }
    }

    private static Server Campus()
    {
        var engine = new FakeEngine().KnowsMembership("user", "Users_pkeys").KnowsMembership("group", "Groups_pkeys");
        return new Server(
            Types.Model(
                Types.Type("Users", ["id"], Types.Source("hr", "id")),
                Types.Type("Groups", ["id"], Types.Source("hr", "id")),
                Types.Type("Members", ["user", "group"], Types.Source("hr", "user", "group")).Requiring(UserExists, GroupExists)),
            engine);
    }

    private static Entry Id(int id) => Entry.Of(("id", id));

    private static Entry Member(int user, int group) => Entry.Of(("user", user), ("group", group));

    private static Entry User(int id, int boss, int group) => Entry.Of(("id", id), ("boss", boss), ("group", group));

    private static Entry Group(int id, int owner) => Entry.Of(("id", id), ("owner", owner));
}

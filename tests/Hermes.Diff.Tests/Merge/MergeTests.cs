using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Merge;

public class MergeTests
{
    [Fact]
    public void Without_constraint_unknown_keys_are_added_and_known_ones_merged()
    {
        var server = TwoSources(KeyMergeConstraint.None)
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "bob")))
            .Rows("Users/wifi", Entry.Of(("id", 2), ("profile", "staff")), Entry.Of(("id", 3), ("profile", "guest")));

        Entries(server).Should().Equal(
            Entry.Of(("id", 1), ("name", "ann")),
            Entry.Of(("id", 2), ("name", "bob"), ("profile", "staff")),
            Entry.Of(("id", 3), ("profile", "guest")));
    }

    [Fact]
    public void Key_that_must_not_exist_is_dropped_and_the_earlier_entry_stays()
    {
        var server = TwoSources(KeyMergeConstraint.MustNotExist)
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")))
            .Rows("Users/wifi", Entry.Of(("id", 1), ("name", "other"), ("profile", "x")), Entry.Of(("id", 2), ("name", "bob")));

        Entries(server).Should().Equal(Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "bob")));
        server.ReportOf("Users").MergeFiltered.First.Should().ContainSingle(issue => issue.Key == EntryKey.Of(1) && issue.Source == "wifi");
        server.ReportOf("Users").Conflicts.Count.Should().Be(0);
    }

    [Fact]
    public void Key_that_must_already_exist_is_dropped_if_it_does_not()
    {
        var server = TwoSources(KeyMergeConstraint.MustAlreadyExist)
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "bob")))
            .Rows("Users/wifi", Entry.Of(("id", 2), ("profile", "x")), Entry.Of(("id", 3), ("profile", "y")));

        Entries(server).Should().Equal(Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "bob"), ("profile", "x")));
        server.ReportOf("Users").MergeFiltered.First.Select(issue => issue.Key).Should().Equal(EntryKey.Of(3));
    }

    [Fact]
    public void Keys_that_must_exist_in_both_are_dropped_on_both_sides()
    {
        var server = TwoSources(KeyMergeConstraint.MustExistInBoth)
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "bob")))
            .Rows("Users/wifi", Entry.Of(("id", 2), ("profile", "x")), Entry.Of(("id", 3), ("profile", "y")));

        Entries(server).Should().Equal(Entry.Of(("id", 2), ("name", "bob"), ("profile", "x")));
        server.ReportOf("Users").MergeFiltered.First.Select(issue => issue.Key).Should().BeEquivalentTo([EntryKey.Of(1), EntryKey.Of(3)]);
    }

    [Fact]
    public void Third_source_meets_what_the_first_two_became()
    {
        var options = Types.Model(Types.Type(
            "Users",
            ["id"],
            Types.Source("a", "id"),
            Types.Source("b", "id").MergedBy(KeyMergeConstraint.MustExistInBoth),
            Types.Source("c", "id", "name").MergedBy(KeyMergeConstraint.MustNotExist)));
        var server = new Server(options)
            .Rows("Users/a", Id(1), Id(2))
            .Rows("Users/b", Id(2), Id(3))
            .Rows("Users/c", Entry.Of(("id", 1), ("name", "back")), Entry.Of(("id", 2), ("name", "refused")), Id(4));

        Entries(server).Should().Equal(Entry.Of(("id", 1), ("name", "back")), Id(2), Id(4));
    }

    [Fact]
    public void Conflict_keeps_the_cached_entry_as_a_whole_until_it_is_solved()
    {
        var server = TwoSources(KeyMergeConstraint.None)
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")))
            .Rows("Users/wifi", Entry.Of(("id", 1), ("profile", "old")));
        server.Poll();

        server.Rows("Users/wifi", Entry.Of(("id", 1), ("profile", "new"), ("name", "anne")), Entry.Of(("id", 2), ("name", "x")));
        server.Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")), Entry.Of(("id", 2), ("name", "y")));
        server.Poll().Should().BeEmpty("the cached entry stays, and an entry that is not cached is left out");
        server.ReportOf("Users").Conflicts.First.Select(issue => (issue.Key, issue.Attributes.Single())).Should().Equal(
            (EntryKey.Of(1), "name"), (EntryKey.Of(2), "name"));
        server.ReportOf("Users").Entries.Should().Be(1);

        server.Rows("Users/wifi", Entry.Of(("id", 1), ("profile", "new")));
        server.Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")));
        server.Poll().Should().ContainSingle().Which.Should().Be(
            new ModifiedChange("Users", "1", new(Entry.Empty, Entry.Of(("profile", "new")), []), AttributeChanges.None));
    }

    [Fact]
    public void Conflict_may_keep_the_first_value_and_is_reported_all_the_same()
    {
        var server = TwoSources(KeyMergeConstraint.None, MergeConflictPolicy.KeepFirstValue)
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")))
            .Rows("Users/wifi", Entry.Of(("id", 1), ("name", "anne"), ("profile", "x")));

        Entries(server).Should().Equal(Entry.Of(("id", 1), ("name", "ann"), ("profile", "x")));
        server.ReportOf("Users").Conflicts.Count.Should().Be(1);
    }

    [Theory]
    [InlineData("Users/hr")]
    [InlineData("Users/wifi")]
    public void Key_that_stands_twice_in_any_source_keeps_the_cached_entry(string source)
    {
        var server = TwoSources(KeyMergeConstraint.None)
            .Rows("Users/hr", Entry.Of(("id", 1), ("name", "ann")))
            .Rows("Users/wifi", Entry.Of(("id", 1), ("profile", "old")));
        server.Poll();

        server.Rows("Users/hr", Entry.Of(("id", 1), ("name", "changed"))).Rows(source, Id(1), Id(1), Id(1), Id(7), Id(7));
        server.Poll().Should().BeEmpty();
        server.ReportOf("Users").Inconsistencies.First.Select(issue => (issue.Key, issue.Source)).Should().Equal(
            (EntryKey.Of(1), source[6..]), (EntryKey.Of(7), source[6..]));
        server.ReportOf("Users").Entries.Should().Be(1);
    }

    [Fact]
    public void Merge_constraint_drops_entries_of_its_source_until_nothing_falls_any_more()
    {
        // An entry of the first source needs its boss in the second one, an entry of the second its id in the first.
        var engine = new FakeEngine().KnowsMembership("boss", "wifi_pkeys").KnowsMembership("id", "hr_pkeys");
        var options = Types.Model(Types.Type(
            "Users",
            ["id"],
            Types.Source("hr", "id", "boss").Keeping(FakeEngine.Membership("boss", "wifi_pkeys")),
            Types.Source("wifi", "id", "boss").Keeping(FakeEngine.Membership("id", "hr_pkeys"))));
        var server = new Server(options, engine)
            .Rows("Users/hr", Pair(1, 2), Pair(2, 3), Pair(3, 4), Pair(8, 8))
            .Rows("Users/wifi", Id(1), Id(2), Id(3), Id(8));

        Entries(server).Should().Equal(Pair(8, 8));
        server.ReportOf("Users").MergeFiltered.Count.Should().Be(6);
    }

    [Fact]
    public void Merge_constraint_sees_the_entries_of_the_other_source()
    {
        var engine = new FakeEngine().Knows(
            "{{ _SELF.id < hr | length }}", ["_SELF", "hr"], values => FakeEngine.Member(values[0], "id").AsInteger() < values[1].AsObject().Items!.Count());
        var options = Types.Model(Types.Type(
            "Users", ["id"], Types.Source("hr", "id"), Types.Source("wifi", "id").Keeping("{{ _SELF.id < hr | length }}")));
        var server = new Server(options, engine).Rows("Users/hr", Id(10), Id(11)).Rows("Users/wifi", Id(1), Id(2));

        Entries(server).Should().Equal(Id(10), Id(11), Id(1));
    }

    [Fact]
    public void Merging_is_deterministic_in_the_order_of_the_sources_and_blind_to_the_order_of_rows()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var constraint = (KeyMergeConstraint)random.Next(4);
            var policy = (MergeConflictPolicy)random.Next(2);
            Entry[] hr = [.. RandomRows(random)];
            Entry[] wifi = [.. RandomRows(random)];
            var one = TwoSources(constraint, policy).Rows("Users/hr", hr).Rows("Users/wifi", wifi);
            random.Shuffle(hr);
            random.Shuffle(wifi);
            var other = TwoSources(constraint, policy).Rows("Users/hr", hr).Rows("Users/wifi", wifi);

            var merged = Entries(one).ToHashSet();
            merged.SetEquals(Entries(other)).Should().BeTrue($"of seed {seed}");
            merged.SetEquals(Expected(hr, wifi, constraint, policy)).Should().BeTrue($"of seed {seed}");
        }
    }

    /// <summary>The rules as they are written, without a cache, slowly.</summary>
    private static IEnumerable<Entry> Expected(Entry[] first, Entry[] second, KeyMergeConstraint constraint, MergeConflictPolicy policy)
    {
        foreach (var id in first.Concat(second).Select(row => row["id"]).Distinct())
        {
            var a = first.Where(row => row["id"] == id).ToList();
            var b = second.Where(row => row["id"] == id).ToList();
            var isLeftOut = constraint switch
            {
                KeyMergeConstraint.MustNotExist => false,
                KeyMergeConstraint.MustAlreadyExist => a.Count == 0,
                KeyMergeConstraint.MustExistInBoth => a.Count == 0 || b.Count == 0,
                _ => false,
            };
            if (constraint == KeyMergeConstraint.MustNotExist && a.Count > 0)
                b.Clear();
            if (isLeftOut || a.Count > 1 || b.Count > 1)
                continue;
            var conflicts = a.Count == 1 && b.Count == 1 && a[0].Any(attribute => b[0].TryGetValue(attribute.Key, out var theirs) && theirs != attribute.Value);
            if (!conflicts || policy == MergeConflictPolicy.KeepFirstValue)
                yield return Entry.Create(b.Concat(a).SelectMany(row => row));
        }
    }

    private static IEnumerable<Entry> RandomRows(Random random) => Enumerable.Range(0, random.Next(12)).Select(_ => Entry.Of(
        ("id", random.Next(10)), ("name", random.Next(3) == 0 ? null : "n" + random.Next(2)), ("profile", random.Next(2) == 0 ? null : "p" + random.Next(2))));

    private static List<Entry> Entries(Server server)
    {
        server.Poll();
        return [.. server.State.Stored("Users").Select(entry => entry.Sent)];
    }

    private static Server TwoSources(KeyMergeConstraint constraint, MergeConflictPolicy policy = MergeConflictPolicy.UseCachedEntry)
    {
        var type = Types.Type("Users", ["id"], Types.Source("hr", "id", "name", "profile"), Types.Source("wifi", "id", "name", "profile").MergedBy(constraint));
        type.OnMergeConflict = policy;
        return new Server(Types.Model(type));
    }

    private static Entry Id(int id) => Entry.Of(("id", id));

    private static Entry Pair(int id, int boss) => Entry.Of(("id", id), ("boss", boss));
}

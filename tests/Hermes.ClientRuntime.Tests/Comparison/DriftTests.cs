using Hermes.Abstractions;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Tests.Comparison;

public sealed class DriftTests : ComparisonTest
{
    [Fact]
    public async Task A_target_that_nobody_touched_is_equal()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada", password: "s3cret"), Campus.User("2", "bob"));
        await StartAsync();

        var report = await Comparisons.CompareAsync("Users");

        report.Should().BeEquivalentTo(new { Type = "Users", Entries = 2L, Objects = 2L, Found = 0L });
        report.Digest.Should().NotBeNull();
        (await FindingsAsync()).Should().BeEmpty();
        (await Comparisons.ListReportsAsync()).Items.Should().BeEquivalentTo([report]);
    }

    [Fact]
    public async Task An_attribute_that_was_changed_by_hand_is_told_with_both_values_and_put_right_alone()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();
        Target.Change(Target.LinkOf("ada"), "display", "Countess");
        Target.Change(Target.LinkOf("bob"), "login", "BOB");

        (await CompareAsync()).Should().Equal("Differs 1 000001 display");
        (await FindingsAsync())[0].Attributes.Should().Equal(new AttributeFinding("display", "Ada Byron", "Countess"));
        DisplayOf("ada").Should().Be("Countess", "a comparison only reads");

        Target.Log.Clear();
        (await RepairAsync(RepairKind.Write)).Should().Be(new RepairOutcome(1, 0));

        Target.Log.Should().Equal("Modified Users[1] display");
        (await CompareAsync()).Should().BeEmpty();
        (await Harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items.Should().OnlyContain(entry => entry.Applied == entry.Expected);
    }

    [Fact]
    public async Task An_object_that_was_deleted_by_hand_is_made_anew_with_what_refers_to_it()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.Group("g", "g"), Campus.Member("1", "g"), Campus.Member("2", "g"));
        await StartAsync();
        Target.Objects.Remove(Target.LinkOf("ada"));

        (await CompareAsync()).Should().Equal("Missing 1 000001");
        Target.Log.Clear();
        await RepairAsync(RepairKind.Write);

        Target.Log.Should().Equal("Added Users[1]", "Added Members[(1, g)]");
        (await CompareAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_object_of_somebody_else_is_told_and_never_touched()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        var link = Target.Make("admin", "Root");

        (await CompareAsync()).Should().Equal($"Unmanaged - {link}");
        (await RepairAsync(RepairKind.Write)).Should().Be(new RepairOutcome(0, 0));
        DisplayOf("admin").Should().Be("Root");
    }

    [Fact]
    public async Task An_object_that_somebody_put_into_the_trash_is_told_and_recycled()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        var link = Target.LinkOf("ada");
        Target.Objects[link] = Target.Objects[link] with { IsTrashed = true };

        (await CompareAsync()).Should().Equal($"Differs 1 {link}");
        (await FindingsAsync())[0].IsObjectTrashed.Should().BeTrue();
        await RepairAsync(RepairKind.Write);

        Target.Objects[link].IsTrashed.Should().BeFalse();
        (await CompareAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Only_the_rows_that_were_decided_about_are_put_right()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();
        Target.Change(Target.LinkOf("ada"), "display", "A");
        Target.Change(Target.LinkOf("bob"), "display", "B");
        await CompareAsync();

        await RepairAsync(RepairKind.Write, 2);

        (DisplayOf("ada"), DisplayOf("bob")).Should().Be(("A", "Ada Byron"));
        (await FindingsAsync()).Select(found => found.State).Should().Equal(FindingState.Open, FindingState.Decided);
        (await RepairAsync(RepairKind.Write)).Should().Be(new RepairOutcome(1, 0), "what is done is not done again");
        DisplayOf("ada").Should().Be("Ada Byron");
    }

    [Fact]
    public async Task What_has_changed_since_it_was_compared_is_left_out_and_told()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();
        Target.Change(Target.LinkOf("ada"), "display", "A");
        Target.Change(Target.LinkOf("bob"), "display", "B");
        await CompareAsync();
        Target.Change(Target.LinkOf("ada"), "display", "C");

        (await RepairAsync(RepairKind.Write)).Should().Be(new RepairOutcome(1, 1));

        (DisplayOf("ada"), DisplayOf("bob")).Should().Be(("C", "Ada Byron"));
        (await FindingsAsync())[0].State.Should().Be(FindingState.Changed);
    }

    [Fact]
    public async Task A_decision_about_another_report_is_refused_with_both_digests()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        Target.Change(Target.LinkOf("ada"), "display", "A");
        var first = await Comparisons.CompareAsync("Users");
        Target.Change(Target.LinkOf("ada"), "display", "B");
        var second = await Comparisons.CompareAsync("Users");

        var repair = () => Comparisons.RepairAsync(new RepairRequest("Users", first.Digest!, RepairKind.Write, "erika", "put right"));

        (await repair.Should().ThrowAsync<HeldSetChangedException>()).Which.Should().BeEquivalentTo(new { Decided = first.Digest, Current = second.Digest });
        DisplayOf("ada").Should().Be("B");
    }

    [Fact]
    public async Task A_report_is_there_after_a_restart()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        Target.Change(Target.LinkOf("ada"), "display", "A");
        await CompareAsync();
        await Harness.StopAsync();
        await StartAsync();

        (await RepairAsync(RepairKind.Write)).Should().Be(new RepairOutcome(1, 0));
        DisplayOf("ada").Should().Be("Ada Byron");
    }

    [Fact]
    public async Task What_changes_while_it_is_compared_is_no_difference()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.User("3", "cid"));
        await StartAsync();
        Target.Telling = async held =>
        {
            if (held.Content["login"] != "ada")
                return;
            await Harness.SendAsync(Campus.Changed("1", ("first", "Augusta")), Campus.Gone(Campus.User("2", "")), Campus.User("4", "dan"));
            await Harness.AppliedAsync();
        };

        (await CompareAsync()).Should().BeEmpty();
        DisplayOf("ada").Should().Be("Augusta Byron");
    }

    [Fact]
    public async Task A_target_that_does_not_tell_all_leaves_no_report_to_decide_about()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync();
        await CompareAsync();
        Target.Telling = held => held.Content["login"] == "bob" ? throw new TargetException("The directory is gone.", FaultKind.Transient) : Task.CompletedTask;

        var compare = () => Comparisons.CompareAsync("Users");

        await compare.Should().ThrowAsync<TargetException>().WithMessage("The directory is gone.");
        (await Comparisons.ListReportsAsync()).Items.Single().Digest.Should().BeNull();
        var repair = () => Comparisons.RepairAsync(new RepairRequest("Users", "0", RepairKind.Write, "erika", "put right"));
        await repair.Should().ThrowAsync<ArgumentException>().WithMessage("There is no complete comparison of Users.*");
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_with_the_reason()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();

        await RefusedAsync("Members", "*cannot read Members back*");
        await RefusedAsync("Poeple", "*no data type 'Poeple'*Users*");
        await Harness.Control.PauseAsync();
        await RefusedAsync("Users", "*paused*");

        async Task RefusedAsync(string type, string message)
        {
            var compare = () => Comparisons.CompareAsync(type);
            await compare.Should().ThrowAsync<ArgumentException>().WithMessage(message);
        }
    }

    [Fact]
    public async Task Objects_are_found_by_the_links_that_follow_from_keys()
    {
        Target = new ReadableObjects { IsByKey = true };
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.User("3", "cid"));
        await StartAsync();
        Target.Change("Users/1", "display", "A");
        Target.Objects.Remove("Users/2");
        Target.Objects["Users/9"] = Target.Objects["Users/3"];

        (await CompareAsync()).Should().Equal("Unmanaged - Users/9", "Differs 1 Users/1 display", "Missing 2 Users/2");
        await RepairAsync(RepairKind.Write);
        (await CompareAsync()).Should().Equal("Unmanaged - Users/9");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_comparison_finds_exactly_what_was_done_by_hand(int seed)
    {
        const int People = 700;
        var random = new Random(seed);
        await Harness.SendInitSyncAsync(Campus.Schema, [.. Enumerable.Range(0, People).Select(id => Campus.User($"{id}", $"u{id:D4}"))]);
        await StartAsync();
        var expected = new List<string>();
        for (var id = 0; id < People; id++)
        {
            var link = Target.LinkOf($"u{id:D4}");
            switch (random.Next(6))
            {
                case 0:
                    Target.Objects.Remove(link);
                    expected.Add($"Missing {id} {link}");
                    break;
                case 1:
                    Target.Change(link, "display", $"changed {id}");
                    expected.Add($"Differs {id} {link} display");
                    break;
                case 2:
                    expected.Add($"Unmanaged - {Target.Make($"x{id}", "X")}");
                    break;
            }
        }

        (await CompareAsync()).Should().BeEquivalentTo(expected, $"the seed is {seed}");
        (await RepairAsync(RepairKind.Write)).Changed.Should().Be(0);
        (await CompareAsync()).Should().BeEquivalentTo(expected.Where(row => row.StartsWith("Unmanaged", StringComparison.Ordinal)), $"the seed is {seed}");
    }
}

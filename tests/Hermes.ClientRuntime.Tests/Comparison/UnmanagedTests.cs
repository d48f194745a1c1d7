using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Configuration;

namespace Hermes.ClientRuntime.Tests.Comparison;

/// <summary>Objects that are no entry's: what becomes of them is for the policy of the type, and for whoever decides.</summary>
public sealed class UnmanagedTests : ComparisonTest
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Nothing_is_done_about_what_is_nobodys_unless_the_policy_allows_it()
    {
        await BeginAsync(UnmanagedPolicy.Report);
        foreach (var repair in new[] { RepairKind.Trash, RepairKind.Remove })
        {
            (await RefusalOfAsync(repair)).Should()
                .Contain("The policy of Users for objects that are no entry's is Report").And.Contain($"Set Unmanaged of the data type to {repair}");
        }

        Target.Objects.Should().HaveCount(3);
        Target.Log.Should().Equal("Added Users[1]");
    }

    [Fact]
    public async Task What_is_ignored_is_counted_and_has_no_rows()
    {
        await BeginAsync(UnmanagedPolicy.Ignore);
        var report = await Comparisons.CompareAsync("Users");
        report.Should().BeEquivalentTo(new { Objects = 3L, Found = 0L });
    }

    [Fact]
    public async Task What_is_to_be_trashed_goes_where_the_trashed_go_and_is_not_removed()
    {
        await BeginAsync(UnmanagedPolicy.Trash);
        (await RefusalOfAsync(RepairKind.Remove)).Should().Contain("does not allow Remove");

        (await RepairAsync(RepairKind.Trash)).Should().Be(new RepairOutcome(2, 0));

        Target.Objects["000002"].IsTrashed.Should().BeTrue();
        Target.Objects["000003"].IsTrashed.Should().BeTrue();
        Target.Objects["000001"].IsTrashed.Should().BeFalse("it is an entry's");
        (await CompareAsync()).Should().Equal("Unmanaged - 000002", "Unmanaged - 000003");
        (await FindingsAsync()).Should().OnlyContain(found => found.IsObjectTrashed);
    }

    [Fact]
    public async Task Rows_are_removed_that_somebody_chose_and_what_changed_since_or_is_an_entrys_by_now_is_left_out()
    {
        await BeginAsync(UnmanagedPolicy.Remove, more: 3);
        var rows = (await FindingsAsync()).ToDictionary(found => found.Link!, found => found.Number);
        Target.Change("000003", "login", "somebody-else");
        await Harness.SendAsync(Campus.User("9", "nina"));
        await Harness.AppliedAsync();
        await Harness.Control.Links.CutAsync("Users", [EntryKey.Of("9")], "erika", "hers is another one");
        await Harness.Control.Links.SetAsync(
            "Users", new Dictionary<EntryKey, string> { [EntryKey.Of("9")] = "000004" }, "erika", "hers is another one");
        Target.Refused.Add("000005");

        var outcome = await RepairAsync(RepairKind.Remove, rows["000002"], rows["000003"], rows["000004"], rows["000005"]);

        outcome.Should().BeEquivalentTo(new { Decided = 1L, Changed = 2L, Failed = 1L });
        outcome.Failure.Should().Be("cn=guest5: The object 000005 is not to be touched.");
        Target.Objects.Keys.Should().Equal(["000001", "000003", "000004", "000005", "000006", "000007"], "the sixth was not chosen, the seventh is that of the new entry");
        (await FindingsAsync()).Where(found => found.State == FindingState.Open).Select(found => found.Link).Should().BeEquivalentTo("000005", "000006");
    }

    [Fact]
    public async Task What_a_target_protects_is_not_told_as_unmanaged_and_is_not_touched()
    {
        await BeginAsync(UnmanagedPolicy.Remove);
        Target.Protected.Add("000002");
        (await RepairAsync(RepairKind.Remove)).Should().Be(new RepairOutcome(1, 1), "it was told before");
        Target.Objects.Keys.Should().Equal("000001", "000002");
        (await CompareAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_client_that_compares_by_itself_trashes_a_few_and_leaves_many_to_somebody()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        Target.Make("guest1", "Guest");
        await StartAsync(type => type.Unmanaged(UnmanagedPolicy.Trash).CompareEvery(Minute)
            .GuardRemovals(guard => (guard.MaxPercent, guard.MinEntries) = (50, 3)));
        await UntilAsync(() => Harness.AdvanceAsync(Minute), () => Target.Log.Contains("Trashed Users[000001]"));
        Target.Objects["000001"].IsTrashed.Should().BeTrue();

        foreach (var more in Enumerable.Range(2, 5))
            Target.Make($"guest{more}", "Guest");
        var last = default(ComparisonReport);
        await UntilAsync(
            async () =>
            {
                await Harness.AdvanceAsync(Minute);
                last = (await Comparisons.ListReportsAsync()).Items.FirstOrDefault();
            },
            () => last is { Objects: 7, Digest: not null });
        await RepairAsync(RepairKind.Write);
        Target.Objects.Values.Count(held => held.IsTrashed).Should().Be(1, "five of seven are too many at once");
        (await RepairAsync(RepairKind.Trash)).Decided.Should().Be(6, "somebody decided");
    }

    private async Task BeginAsync(UnmanagedPolicy policy, int more = 0)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(type => type.Unmanaged(policy));
        for (var guest = 2; guest <= 3 + more; guest++)
            Target.Make($"guest{guest}", "Guest");
        await CompareAsync();
    }

    private async Task<string> RefusalOfAsync(RepairKind repair) =>
        (await this.Invoking(test => test.RepairAsync(repair)).Should().ThrowAsync<ArgumentException>()).Which.Message;
}

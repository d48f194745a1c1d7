using System.Globalization;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.Events;
using Hermes.Runtime.Control;
using Hermes.Runtime.Guard;
using Hermes.Testing.Notifications;

namespace Hermes.ClientRuntime.Tests.Guard;

public sealed class HeldReinitialisationTests : ClientTest
{
    private readonly RecordingNotifier _notifier = new();

    private IEnumerable<string> Later => Applied.Skip(_applied);

    private int _applied;

    [Fact]
    public async Task Too_many_removals_wait_and_all_else_is_applied()
    {
        await StartWithAsync(Users(1, 40));
        await Harness.SendResyncAsync(Campus.Schema, [.. Users(1, 30), Campus.User("99", "new")]);
        await Harness.AppliedAsync();
        Later.Should().Equal("Added Users[99]");

        await RestartAsync(GuardOn);
        var held = (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().ContainSingle().Subject;
        (held.Type, held.Count, held.Before, held.MustBeApproved).Should().Be(("SRVUsers", 10L, 40L, true));
        held.First.Should().Contain("31").And.HaveCount(10);
        Harness.Control.Status.HeldRemovals.Should().ContainSingle(line => line.Contains(held.Digest));
        _notifier.About(NotificationTopic.HeldRemovals).Should().ContainSingle("a restart does not tell it again");
        Later.Should().Equal("Added Users[99]");
    }

    [Fact]
    public async Task Approved_removals_are_made_and_it_is_over()
    {
        var held = await HoldAsync();
        await Harness.Control.ApproveRemovalsAsync(held.Type, held.Digest, new DecidedBy("eve", "they have left"));
        await Harness.AppliedAsync();
        Later.Should().HaveCount(10).And.OnlyContain(call => call.StartsWith("Removed Users"));
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();
        Harness.Control.Status.HeldRemovals.Should().BeEmpty();
        _notifier.About(NotificationTopic.HeldRemovals).Last().IsOver.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Rejected_removals_keep_the_entries_without_asking_again_until_the_server_has_them()
    {
        var held = await HoldAsync();
        await Harness.Control.RejectRemovalsAsync(held.Type, held.Digest, new DecidedBy("eve", "a mistake at the source"));
        await Harness.AppliedAsync();
        Later.Should().BeEmpty();
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();

        await Harness.SendResyncAsync(Campus.Schema, Users(1, 30));
        await Harness.AppliedAsync();
        Later.Should().BeEmpty("it was decided");

        await Harness.SendAsync(Campus.User("31", "back"), Campus.Gone(Campus.User("31", "")));
        await Harness.AppliedAsync();
        Later.Should().Equal("Modified Users[31]", "Removed Users[31]");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_set_that_has_changed_is_refused_with_both_digests()
    {
        var held = await HoldAsync();
        await Harness.SendAsync(Campus.User("31", "u31"));
        await Harness.AppliedAsync();
        var approve = () => Harness.Control.ApproveRemovalsAsync(held.Type, held.Digest, new DecidedBy("eve", "they have left"));
        var refused = (await approve.Should().ThrowAsync<HeldSetChangedException>()).Which;
        refused.Decided.Should().Be(held.Digest);
        refused.Message.Should().Contain(refused.Current);

        await Harness.Control.ApproveRemovalsAsync(held.Type, refused.Current, new DecidedBy("eve", "they have left"));
        await Harness.AppliedAsync();
        Later.Should().HaveCount(9).And.OnlyContain(call => call.StartsWith("Removed Users"));
        Harness.Control.Status.LastError.Should().BeNull();
    }

    [Fact]
    public async Task What_nobody_holds_cannot_be_decided()
    {
        await StartWithAsync(Users(1, 3));
        var approve = () => Harness.Control.ApproveRemovalsAsync("SRVUsers", "abc", new DecidedBy("eve", "they have left"));
        await approve.Should().ThrowAsync<InvalidOperationException>().WithMessage("*No removals of SRVUsers*");
        Harness.Control.Status.LastError.Should().BeNull();
    }

    [Fact]
    public async Task A_type_that_would_be_empty_waits_however_small_and_the_removals_of_others_wait_with_it()
    {
        await StartWithAsync(Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Group("h", "Arts"), Campus.Member("1", "g"));
        await Harness.SendResyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("h", "Arts"));
        await Harness.AppliedAsync();
        var held = (await Harness.Control.ListHeldRemovalsAsync()).Items;
        held.Select(set => (set.Type, set.MustBeApproved)).Should().Equal(("SRVMembers", true), ("SRVGroups", false));

        await Harness.Control.ApproveRemovalsAsync("SRVMembers", held[0].Digest, new DecidedBy("eve", "all have left"));
        await Harness.AppliedAsync();
        Later.Should().Equal("Removed Members[(1, g)]", "Removed Groups[g]");
    }

    [Fact]
    public async Task Held_removals_that_the_next_initsync_has_again_are_forgotten()
    {
        await HoldAsync();
        await Harness.SendResyncAsync(Campus.Schema, Users(1, 38));
        await Harness.AppliedAsync();
        Later.Should().Equal("Removed Users[39]", "Removed Users[40]");
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_type_may_have_a_rule_of_its_own_or_none()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Users(1, 40));
        await StartAsync(GuardOn, client => Microsoft.Extensions.DependencyInjection.HermesClientBuilderExtensions.DataType(
            client, "Users", type => type.From("SRVUsers").Map("login").GuardRemovals(guard => guard.Enabled = false)));
        await Harness.AppliedAsync();
        await Harness.SendResyncAsync(Campus.Schema);
        await Harness.AppliedAsync();
        Target.Entries("Users").Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Killed_after_the_decision_it_is_done_all_the_same(int commits)
    {
        var held = await HoldAsync();
        var killed = Harness.State.KillAfterAsync(commits);
        await Harness.Control.ApproveRemovalsAsync(held.Type, held.Digest, new DecidedBy("eve", "they have left")).ContinueWith(_ => { }, TaskScheduler.Default);
        await killed;
        await RestartAsync(GuardOn);
        Target.Entries("Users").Should().HaveCount(30);
        await ShouldBeSettledAsync();
    }

    private async Task<HeldRemovalsInfo> HoldAsync()
    {
        await StartWithAsync(Users(1, 40));
        await Harness.SendResyncAsync(Campus.Schema, Users(1, 30));
        await Harness.AppliedAsync();
        return (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().ContainSingle().Subject;
    }

    private async Task StartWithAsync(params AddedEvent[] entries)
    {
        Harness.Notifier = _notifier;
        await Harness.SendInitSyncAsync(Campus.Schema, entries);
        await StartAsync(GuardOn);
        await Harness.AppliedAsync();
        _applied = Applied.Count();
    }

    private static void GuardOn(ClientOptions options) => options.RemovalGuard.Enabled = true;

    private static AddedEvent[] Users(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(id => id.ToString(CultureInfo.InvariantCulture)).Select(id => Campus.User(id, "u" + id))];
}

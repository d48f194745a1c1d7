using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Control;
using Hermes.Runtime.Guard;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Guard;

public sealed class RemovalGuardTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly InMemoryTable _cards;
    private readonly ServerHarness _harness = new();

    public RemovalGuardTests()
    {
        _users = _source.Table("users", "id", "name");
        _cards = _source.Table("cards", "id", "user");
        for (var i = 1; i <= 100; i++)
            _users.Add(i, $"user {i}");
        for (var i = 1; i <= 10; i++)
            _cards.Add(i, i);
        for (var i = 100; i <= 150; i++)
            _cards.Add(i, 100);
    }

    public async Task InitializeAsync() => (await _harness.StartAsync(Describe)).Error.Should().BeNull();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Few_removals_go_out()
    {
        RemoveUsers(1, 20);

        var result = await _harness.UpdateAsync();

        result.Removed.Should().Be(20 + 10, "20 % are not more than 20 %, and the cards of the first ten fall with them");
        result.Held.Should().Be(0);
        Sent().Should().HaveCount(30);
    }

    [Fact]
    public async Task Type_that_becomes_empty_waits_whatever_its_size()
    {
        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.MinEntries = 1000)));
        _cards.Clear();

        (await _harness.UpdateAsync()).Held.Should().Be(61);
        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => (guard.MinEntries, guard.AllowEmpty) = (1000, true))));
        Sent().Should().HaveCount(61);
    }

    [Fact]
    public async Task Small_types_may_lose_a_large_share()
    {
        _cards.Clear();
        for (var i = 1; i <= 12; i++)
            _cards.Add(i, 100);
        await _harness.Control.ApproveRemovalsAsync("Cards", (await HeldAsync("Cards")).Digest, new DecidedBy("ada", "moved"));
        Sent();
        for (var i = 1; i <= 9; i++)
            _cards.Remove(i);

        (await _harness.UpdateAsync()).Removed.Should().Be(9);
    }

    [Fact]
    public async Task Too_many_removals_hold_all_removals_of_the_poll_and_let_the_rest_go_out()
    {
        RemoveUsers(1, 60);
        _users.Set(100, "name", "renamed");
        _users.Add(101, "new");

        var result = await _harness.UpdateAsync();

        (result.Added, result.Modified, result.Removed, result.Held).Should().Be((1, 1, 0, 70));
        Sent().Should().Equal("added Users 101: id=101 name=\"new\"", "modified Users 100: name=\"renamed\"");
        var held = _harness.Control.Status.AwaitingApproval;
        held.Select(type => (type.Type, type.Cached, type.Entries.Count)).Should().Equal(("Users", 101, 60), ("Cards", 61, 10));
        held.Select(type => type.MustBeApproved).Should().Equal(true, false);
        held[0].Entries.First[0].Should().Be("<Users[1]>");
        _harness.Control.Status.Types[0].Entries.Should().Be(101);
    }

    [Fact]
    public async Task Held_removals_are_notified_once_and_stay_held_poll_by_poll()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();
        await _harness.UpdateAsync();
        await _harness.UpdateAsync();

        Sent().Should().BeEmpty();
        _harness.Notifier.About(NotificationTopic.HeldRemovals).Should().ContainSingle().Which.Current.Should().HaveCount(72)
            .And.StartWith([$"Users: 60 of 100 entries would be removed ({_harness.Control.Status.AwaitingApproval[0].Digest})", "<Users[1]> would be removed"]);
    }

    [Fact]
    public async Task Approved_removals_go_out_children_first()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();

        var result = await ApproveAsync("Users");

        (result.Removed, result.Held).Should().Be((70, 0));
        var sent = Sent();
        sent.Take(10).Should().OnlyContain(line => line.StartsWith("removed Cards"));
        sent.Skip(10).Should().HaveCount(60).And.OnlyContain(line => line.StartsWith("removed Users"));
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
        _harness.Notifier.About(NotificationTopic.HeldRemovals).Should().HaveCount(2).And.Subject.Last().IsOver.Should().BeTrue();
        (await _harness.UpdateAsync()).Removed.Should().Be(0);
    }

    [Fact]
    public async Task Set_that_changed_after_it_was_looked_at_is_refused_with_both_digests()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();
        var seen = _harness.Control.Status.AwaitingApproval[0].Digest;
        RemoveUsers(61, 90);
        await _harness.UpdateAsync();
        var current = _harness.Control.Status.AwaitingApproval[0].Digest;

        var approve = () => _harness.Control.ApproveRemovalsAsync("Users", seen, new DecidedBy("ada", "term is over"));
        var reject = () => _harness.Control.RejectRemovalsAsync("Users", seen, new DecidedBy("ada", "term is not over"));

        (await approve.Should().ThrowAsync<HeldSetChangedException>()).Which.Should().Match<HeldSetChangedException>(
            changed => changed.Decided == seen && changed.Current == current);
        await reject.Should().ThrowAsync<HeldSetChangedException>();
        Sent().Should().BeEmpty();
    }

    [Fact]
    public async Task Approval_does_not_cover_removals_that_were_not_seen()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();
        RemoveUsers(61, 90);

        var result = await ApproveAsync("Users");

        (result.Removed, result.Held).Should().Be((0, 100));
        Sent().Should().BeEmpty();
    }

    [Fact]
    public async Task Rejected_removals_are_kept_without_asking_again_until_the_entries_are_back()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();
        await RejectAsync("Users");
        await RejectAsync("Cards");
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();

        RemoveUsers(99, 99);
        (await _harness.UpdateAsync()).Removed.Should().Be(1, "other removals are judged by themselves");
        Sent().Should().Equal("removed Users 99");
        _harness.Control.Status.RejectedRemovals.Sum(type => type.Entries.Count).Should().Be(70);
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();

        for (var i = 1; i <= 60; i++)
            _users.Add(i, $"user {i}");
        await _harness.UpdateAsync();
        Sent().Should().BeEmpty();
        _harness.Control.Status.RejectedRemovals.Should().BeEmpty();

        RemoveUsers(1, 1);
        await _harness.UpdateAsync();
        Sent().Should().Equal("removed Cards 1", "removed Users 1");
    }

    [Fact]
    public async Task Held_entries_that_come_back_are_no_longer_held()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();
        for (var i = 1; i <= 60; i++)
            _users.Add(i, i == 60 ? "changed" : $"user {i}");

        await _harness.UpdateAsync();

        Sent().Should().Equal("modified Users 60: name=\"changed\"");
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
    }

    [Fact]
    public async Task Held_removals_keep_their_digest_over_a_restart_and_are_approved_by_it()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();
        var before = _harness.Control.Status.AwaitingApproval;

        await _harness.StartAsync(Describe);

        Sent().Should().BeEmpty();
        _harness.Control.Status.AwaitingApproval.Select(held => held.Digest).Should().Equal(before.Select(held => held.Digest));
        (await _harness.Control.ApproveRemovalsAsync("Users", before[0].Digest, new DecidedBy("ada", "term is over"))).Removed.Should().Be(70);
    }

    [Fact]
    public async Task Rejection_outlives_the_process()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();
        await RejectAsync("Users");
        await RejectAsync("Cards");

        await _harness.StartAsync(Describe);

        Sent().Should().BeEmpty();
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
        _harness.Control.Status.RejectedRemovals.Sum(type => type.Entries.Count).Should().Be(70);
    }

    [Fact]
    public async Task Approval_of_one_of_two_types_outlives_the_process_until_the_other_is_approved()
    {
        RemoveUsers(1, 60);
        _cards.Clear();
        await _harness.UpdateAsync();
        await ApproveAsync("Users");
        Sent().Should().BeEmpty("the cards, which would be gone, still wait");

        await _harness.StartAsync(Describe);
        (await ApproveAsync("Cards")).Removed.Should().Be(60 + 61);
    }

    [Fact]
    public async Task Decision_is_logged_with_who_and_why()
    {
        RemoveUsers(1, 60);
        await _harness.UpdateAsync();

        await ApproveAsync("Users");

        _harness.Log.Lines.Should().Contain(line => line.Contains("approved the removal of 60 entries of Users") && line.Contains("by ada: term is over"));
    }

    [Fact]
    public async Task Deciding_when_nothing_waits_is_refused()
    {
        var approve = () => _harness.Control.ApproveRemovalsAsync("Users", "0123456789abcdef", new DecidedBy("ada", "why not"));
        var reject = () => _harness.Control.RejectRemovalsAsync("Users", "0123456789abcdef", new DecidedBy("ada", "why not"));

        await approve.Should().ThrowAsync<InvalidOperationException>().WithMessage("*await approval*");
        await reject.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Guard_can_be_off_and_can_count()
    {
        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.MaxEntries = 4)));
        RemoveUsers(50, 54);
        (await _harness.UpdateAsync()).Held.Should().Be(5);

        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.Enabled = false)));
        Sent().Should().HaveCount(5);
        _users.Clear();
        (await _harness.UpdateAsync()).Removed.Should().Be(95 + 61);
    }

    private async Task<HeldRemovals> HeldAsync(string type)
    {
        await _harness.UpdateAsync();
        return _harness.Control.Status.AwaitingApproval.Single(held => held.Type == type);
    }

    private Task<PollResult> ApproveAsync(string type) => _harness.Control.ApproveRemovalsAsync(type, DigestOf(type), new DecidedBy("ada", "term is over"));

    private Task RejectAsync(string type) => _harness.Control.RejectRemovalsAsync(type, DigestOf(type), new DecidedBy("ada", "term is not over"));

    private string DigestOf(string type) => _harness.Control.Status.AwaitingApproval.Single(held => held.Type == type).Digest;

    private void RemoveUsers(int first, int last)
    {
        for (var i = first; i <= last; i++)
            _users.Remove(i);
    }

    private IReadOnlyList<string> Sent() => EventLines.Of(_harness.TakeEvents());

    private void Describe(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name")))
        .DataType("Cards", type => type
            .Key("id")
            .From("hr", source => source.Fetch("cards").MapAll("id", "user"))
            .IntegrityConstraint("{{ _SELF.user in Users_pkeys }}"));
}

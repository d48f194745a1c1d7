using Hermes.Abstractions.Data;
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

public sealed class AttributeGuardTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly InMemoryTable _rooms;
    private readonly ServerHarness _harness = new();

    public AttributeGuardTests()
    {
        _users = _source.Table("users", "id", "name", "mail", "phone", "badge", "pin");
        _rooms = _source.Table("rooms", "id", "floor");
        for (var i = 1; i <= 50; i++)
            _users.Add(i, $"user {i}", $"{i}@x", i <= 8 ? $"+{i}" : Value.Null, i <= 4 ? i : Value.Null, $"pin {i}");
        for (var i = 1; i <= 20; i++)
            _rooms.Add(i, i);
    }

    public async Task InitializeAsync()
    {
        await _harness.StartAsync(Describe);
        await _harness.Control.InitSyncAsync();
        Sent();
    }

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Attribute_that_few_entries_lose_is_removed()
    {
        Lose("mail", 1, 10);

        (await _harness.UpdateAsync()).Should().Match<PollResult>(result => result.Modified == 10 && result.Held == 0);

        Sent().Should().HaveCount(10).And.StartWith("modified Users 1: -mail");
    }

    [Fact]
    public async Task Attribute_that_vanishes_from_too_many_entries_stays_and_all_else_goes_out()
    {
        Lose("mail", 1, 11);
        _users.Set(5, "name", "renamed");
        _users.Set(20, "name", "renamed too");
        Lose("phone", 8, 8);
        _users.Remove(50);
        _users.Add(51, "new", Value.Null, Value.Null, Value.Null, Value.Null);

        var result = await _harness.UpdateAsync();

        (result.Added, result.Modified, result.Removed, result.Held).Should().Be((1, 3, 1, 11));
        Sent().Should().BeEquivalentTo(
            "added Users 51: id=51 name=\"new\"",
            "modified Users 20: name=\"renamed too\"",
            "modified Users 5: name=\"renamed\"",
            "modified Users 8: -phone",
            "removed Users 50");
        var held = _harness.Control.Status.AwaitingApproval.Should().ContainSingle().Subject;
        (held.Name, held.Type, held.Attribute, held.Cached, held.Entries.Count, held.MustBeApproved).Should().Be(("Users.mail", "Users", "mail", 49, 11, true));
        held.Entries.First.Should().StartWith("user 1 (1)");
        held.ToString().Should().Be($"Users.mail: 11 of 49 entries would lose it ({held.Digest})");
    }

    [Fact]
    public async Task What_is_held_is_told_and_logged_and_told_again_when_it_is_over()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        await _harness.UpdateAsync();
        var digest = Held("Users.mail").Digest;

        _harness.Notifier.About(NotificationTopic.HeldRemovals).Should().ContainSingle().Which.Current.Should().HaveCount(51)
            .And.StartWith([$"Users.mail: 50 of 50 entries would lose it ({digest})", "user 1 (1) would lose mail"]);
        _harness.Log.Lines.Should().Contain(line => line.Contains($"holds removals back until they are approved: Users.mail: 50 of 50 entries would lose it ({digest})"));
        Sent().Should().BeEmpty();

        Give("mail", 1, 50);
        await _harness.UpdateAsync();

        _harness.Notifier.About(NotificationTopic.HeldRemovals).Last().IsOver.Should().BeTrue();
    }

    [Fact]
    public async Task All_that_have_an_attribute_lose_it_only_if_they_are_few_or_it_is_allowed()
    {
        Lose("phone", 1, 8);
        Lose("badge", 1, 4);

        (await _harness.UpdateAsync()).Held.Should().Be(8);

        Sent().Should().HaveCount(4).And.OnlyContain(line => line.EndsWith("-badge", StringComparison.Ordinal));
        Held("Users.phone").Cached.Should().Be(8);
        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.Attributes.AllowEmpty = true)));
        Sent().Where(line => line.EndsWith("-phone", StringComparison.Ordinal)).Should().HaveCount(8);
    }

    [Fact]
    public async Task Share_is_one_of_the_entries_that_have_the_attribute()
    {
        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.Attributes.MinEntries = 2)));
        Sent();

        Lose("phone", 1, 2);
        (await _harness.UpdateAsync()).Held.Should().Be(2, "2 of 8 are more than 20 %, though 2 of 50 are not");
        Lose("phone", 2, 2);
        Give("phone", 1, 1);
        (await _harness.UpdateAsync()).Held.Should().Be(0);

        Sent().Should().Equal("modified Users 2: -phone");
    }

    [Fact]
    public async Task Approved_attribute_is_removed_at_once_with_what_else_changed()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        _users.Set(7, "name", "renamed");

        var result = await ApproveAsync("Users.mail");

        (result.Modified, result.Held).Should().Be((50, 0));
        Sent().Should().HaveCount(50).And.Contain("modified Users 7: name=\"renamed\" -mail").And.Contain("modified Users 50: -mail");
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
        _harness.Log.Lines.Should().Contain(line => line.Contains("approved the removal of mail from 50 entries of Users") && line.Contains("by ada: moved"));
        (await _harness.UpdateAsync()).Should().Match<PollResult>(next => next.Modified == 0 && next.Held == 0);
    }

    [Fact]
    public async Task Set_that_changed_is_refused_with_both_digests_and_an_approval_does_not_cover_more_than_was_seen()
    {
        Lose("mail", 1, 20);
        await _harness.UpdateAsync();
        var seen = Held("Users.mail").Digest;
        Lose("mail", 21, 21);

        (await _harness.Control.ApproveRemovalsAsync("Users.mail", seen, new DecidedBy("ada", "moved"))).Held.Should().Be(21, "another one has lost it since");
        var current = Held("Users.mail").Digest;
        var approve = () => _harness.Control.ApproveRemovalsAsync("Users.mail", seen, new DecidedBy("ada", "moved"));
        var reject = () => _harness.Control.RejectRemovalsAsync("Users.mail", seen, new DecidedBy("ada", "not moved"));

        (await approve.Should().ThrowAsync<HeldSetChangedException>()).Which.Should().Match<HeldSetChangedException>(
            changed => changed.Decided == seen && changed.Current == current);
        await reject.Should().ThrowAsync<HeldSetChangedException>();
        Sent().Should().BeEmpty();
        (await ApproveAsync("Users.mail")).Modified.Should().Be(21);
    }

    [Fact]
    public async Task Digest_depends_on_which_entries_lose_which_attribute()
    {
        Lose("mail", 1, 20);
        await _harness.UpdateAsync();
        var first = Held("Users.mail").Digest;
        Give("mail", 20, 20);
        Lose("mail", 21, 21);
        Lose("pin", 1, 20);
        await _harness.UpdateAsync();

        new[] { first, Held("Users.mail").Digest, Held("Users.pin").Digest }.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Rejected_attribute_stays_without_asking_again_until_the_sources_return_it()
    {
        Lose("mail", 1, 20);
        await _harness.UpdateAsync();
        await _harness.Control.RejectRemovalsAsync("Users.mail", Held("Users.mail").Digest, new DecidedBy("ada", "wrong export"));
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
        _harness.Notifier.About(NotificationTopic.HeldRemovals).Last().IsOver.Should().BeTrue();

        Lose("mail", 21, 22);
        (await _harness.UpdateAsync()).Should().Match<PollResult>(result => result.Modified == 2 && result.Held == 20, "others are judged by themselves");
        Sent().Should().Equal("modified Users 21: -mail", "modified Users 22: -mail");
        _harness.Control.Status.RejectedRemovals.Should().ContainSingle().Which.Name.Should().Be("Users.mail");

        Give("mail", 1, 20);
        _users.Set(1, "mail", "new@x");
        await _harness.UpdateAsync();
        Sent().Should().Equal("modified Users 1: mail=\"new@x\"");
        _harness.Control.Status.RejectedRemovals.Should().BeEmpty();
        Lose("mail", 1, 1);
        await _harness.UpdateAsync();
        Sent().Should().Equal("modified Users 1: -mail");
    }

    [Fact]
    public async Task Values_that_come_back_are_compared_with_those_that_clients_have()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        Give("mail", 1, 50);
        _users.Set(3, "mail", "other@x");

        (await _harness.UpdateAsync()).Should().Match<PollResult>(result => result.Modified == 1 && result.Held == 0);

        Sent().Should().Equal("modified Users 3: mail=\"other@x\"");
    }

    [Fact]
    public async Task What_is_below_the_limit_when_most_values_are_back_is_removed()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        Give("mail", 4, 50);

        await _harness.UpdateAsync();

        Sent().Should().Equal("modified Users 1: -mail", "modified Users 2: -mail", "modified Users 3: -mail");
    }

    [Fact]
    public async Task Attributes_and_types_are_held_and_decided_one_by_one()
    {
        Lose("mail", 1, 50);
        Lose("phone", 1, 8);
        for (var i = 1; i <= 20; i++)
            _rooms.Set(i, "floor", Value.Null);
        await _harness.UpdateAsync();
        _harness.Control.Status.AwaitingApproval.Select(held => held.Name).Should().Equal("Users.mail", "Users.phone", "Rooms.floor");

        (await ApproveAsync("Users.phone")).Should().Match<PollResult>(result => result.Modified == 8 && result.Held == 70);
        Sent().Should().HaveCount(8).And.Contain("modified Users 8: -phone");
        (await ApproveAsync("Rooms.floor")).Should().Match<PollResult>(result => result.Modified == 20 && result.Held == 50);
        Sent().Should().HaveCount(20).And.Contain("modified Rooms 20: -floor");
    }

    [Fact]
    public async Task Removals_of_entries_and_of_an_attribute_are_held_side_by_side()
    {
        Lose("mail", 1, 25);
        for (var i = 26; i <= 50; i++)
            _users.Remove(i);
        await _harness.UpdateAsync();
        _harness.Control.Status.AwaitingApproval.Select(held => (held.Name, held.Entries.Count)).Should().Equal(("Users", 25), ("Users.mail", 25));

        await _harness.Control.RejectRemovalsAsync("Users", Held("Users").Digest, new DecidedBy("ada", "wrong export"));
        _harness.Control.Status.AwaitingApproval.Should().ContainSingle().Which.Name.Should().Be("Users.mail");
        await ApproveAsync("Users.mail");

        Sent().Should().HaveCount(25).And.OnlyContain(line => line.EndsWith("-mail", StringComparison.Ordinal));
        _harness.Control.Status.RejectedRemovals.Should().ContainSingle().Which.Name.Should().Be("Users");
    }

    [Fact]
    public async Task What_is_held_keeps_its_digest_over_a_restart_and_is_approved_by_it()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        var before = Held("Users.mail").Digest;

        await _harness.StartAsync(Describe);

        SentWithoutPins().Should().BeEmpty();
        Held("Users.mail").Digest.Should().Be(before);
        (await _harness.Control.ApproveRemovalsAsync("Users.mail", before, new DecidedBy("ada", "moved"))).Modified.Should().Be(50);
    }

    [Fact]
    public async Task Rejection_outlives_the_process()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        await _harness.Control.RejectRemovalsAsync("Users.mail", Held("Users.mail").Digest, new DecidedBy("ada", "wrong export"));

        await _harness.StartAsync(Describe);

        SentWithoutPins().Should().BeEmpty();
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
        _harness.Control.Status.RejectedRemovals.Should().ContainSingle().Which.Entries.Count.Should().Be(50);
    }

    [Fact]
    public async Task New_client_gets_the_values_that_stand_in()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();

        await _harness.Control.InitSyncAsync();

        Sent().Should().Contain("init Users 1: badge=1 id=1 mail=\"1@x\" name=\"user 1\" phone=\"+1\"");
    }

    [Fact]
    public async Task Secret_that_vanishes_is_told_to_be_cleared_when_that_is_approved_and_not_before()
    {
        Lose("pin", 1, 50);
        _users.Set(3, "name", "renamed");
        (await _harness.UpdateAsync()).Held.Should().Be(50);
        Sent().Should().Equal("modified Users 3: name=\"renamed\"");

        await _harness.StartAsync(Describe);
        Sent().Should().BeEmpty();
        Held("Users.pin").Entries.Count.Should().Be(50);
        await ApproveAsync("Users.pin");

        Sent().Should().HaveCount(50).And.OnlyContain(line => line.EndsWith(": -pin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secret_that_is_back_is_sent_only_if_it_is_another()
    {
        Lose("pin", 1, 50);
        await _harness.UpdateAsync();
        for (var i = 1; i <= 50; i++)
            _users.Set(i, "pin", i == 9 ? "new pin" : $"pin {i}");

        await _harness.UpdateAsync();

        Sent().Should().Equal("modified Users 9: pin=\"new pin\"");
    }

    [Fact]
    public async Task Secret_that_changes_while_another_attribute_is_held_is_sent()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        _users.Set(2, "pin", "new pin");
        await _harness.UpdateAsync();
        Sent().Should().Equal("modified Users 2: pin=\"new pin\"");
        (await _harness.UpdateAsync()).Modified.Should().Be(0, "that was told");

        await _harness.StartAsync(Describe);

        Sent().Should().HaveCount(50, "after a start, all secrets are sent").And.Contain("modified Users 2: +pin=\"new pin\"");
    }

    [Fact]
    public async Task Guard_can_be_off_can_count_and_knows_exceptions()
    {
        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.Attributes.MaxEntries = 4)));
        Sent();
        Lose("mail", 1, 5);
        (await _harness.UpdateAsync()).Held.Should().Be(5);

        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.Attributes.Except.Add("Users.mail"))));
        Sent().Where(line => line.EndsWith("-mail", StringComparison.Ordinal)).Should().HaveCount(5);
        Lose("mail", 6, 50);
        Lose("phone", 1, 8);
        (await _harness.UpdateAsync()).Held.Should().Be(8);

        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.Attributes.Except.Add("Users"))));
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
        for (var i = 1; i <= 20; i++)
            _rooms.Set(i, "floor", Value.Null);
        (await _harness.UpdateAsync()).Held.Should().Be(20);

        await _harness.StartAsync(server => Describe(server.GuardRemovals(guard => guard.Attributes.Enabled = false)));
        Sent().Should().Contain("modified Rooms 1: -floor");
    }

    [Fact]
    public async Task Preview_tells_what_would_wait()
    {
        Lose("mail", 1, 50);
        _users.Set(1, "name", "renamed");

        var preview = await _harness.Control.PreviewAsync();

        preview.AttributesThatWouldWait.Should().ContainSingle().Which.Name.Should().Be("Users.mail");
        preview.Types[0].ModifiedCount.Should().Be(1);
        preview.ToString().Should().Contain("modified renamed (1): name=renamed").And.Contain("Users.mail: 50 of 50 entries would lose it");
        _harness.Control.Status.AwaitingApproval.Should().BeEmpty();
    }

    [Fact]
    public async Task Entry_that_loses_an_attribute_and_stands_twice_stays_as_it_is_cached_and_is_not_counted()
    {
        Lose("mail", 1, 11);
        _users.Add(1, "double", Value.Null, Value.Null, Value.Null, Value.Null);

        (await _harness.UpdateAsync()).Should().Match<PollResult>(result => result.Modified == 0 && result.Held == 10);

        Held("Users.mail").Entries.First.Should().NotContain("user 1 (1)");
        _harness.Control.Status.Types[0].Inconsistencies.Count.Should().Be(1);
    }

    [Fact]
    public async Task Attribute_that_leaves_the_data_model_is_removed_and_its_decision_forgotten()
    {
        Lose("mail", 1, 50);
        await _harness.UpdateAsync();
        await _harness.Control.RejectRemovalsAsync("Users.mail", Held("Users.mail").Digest, new DecidedBy("ada", "wrong export"));

        await _harness.StartAsync(server => DescribeUsers(server.AddInMemorySource("hr", _source), "id", "name"));

        Sent().Where(line => line.Contains("-mail", StringComparison.Ordinal)).Should().HaveCount(50);
        _harness.Control.Status.RejectedRemovals.Should().BeEmpty();
    }

    private Task<PollResult> ApproveAsync(string name) => _harness.Control.ApproveRemovalsAsync(name, Held(name).Digest, new DecidedBy("ada", "moved"));

    private HeldRemovals Held(string name) => _harness.Control.Status.AwaitingApproval.Single(held => held.Name == name);

    private void Lose(string attribute, int first, int last)
    {
        for (var i = first; i <= last; i++)
            _users.Set(i, attribute, Value.Null);
    }

    private void Give(string attribute, int first, int last)
    {
        for (var i = first; i <= last; i++)
            _users.Set(i, attribute, attribute == "mail" ? $"{i}@x" : $"+{i}");
    }

    private IReadOnlyList<string> Sent() => EventLines.Of(_harness.TakeEvents());

    // After a start, all secrets are sent again.
    private IEnumerable<string> SentWithoutPins() => Sent().Where(line => !line.Contains(": +pin=", StringComparison.Ordinal));

    private void Describe(IHermesServerBuilder server) => DescribeUsers(server.AddInMemorySource("hr", _source), "id", "name", "mail", "phone", "badge", "pin")
        .DataType("Rooms", type => type.Key("id").From("hr", source => source.Fetch("rooms").MapAll("id", "floor")));

    private static IHermesServerBuilder DescribeUsers(IHermesServerBuilder server, params string[] attributes) => server
        .DataType("Users", type =>
        {
            type.Key("id").From("hr", source => source.Fetch("users").MapAll(attributes)).DisplayAs("{{ name }} ({{ id }})");
            if (attributes.Contains("pin"))
                type.Secret("pin");
        });
}

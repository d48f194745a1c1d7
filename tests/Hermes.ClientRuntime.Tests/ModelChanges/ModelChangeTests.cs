using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ModelChanges;

public sealed class ModelChangeTests : ClientTest
{
    private static void UsersOnly(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("login"));

    private static void UsersWithDisplay(IHermesClientBuilder client) =>
        client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}"));

    private static void UsersWithFirst(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("first"));

    private static void UsersAndGroups(IHermesClientBuilder client) => client
        .DataType("Users", type => type.From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}"))
        .DataType("Groups", type => type.From("SRVGroups").Map("name"));

    private static void UsersAndPeople(IHermesClientBuilder client)
    {
        UsersOnly(client);
        client.DataType("People", type => type.From("SRVUsers").Map("name", "login"));
    }

    [Fact]
    public async Task What_went_to_the_trashbin_before_the_target_ever_had_it_has_no_local_entry_after_a_change_of_mappings()
    {
        void Options(ClientOptions options) => (options.TrashbinRetention, options.Remediation) = (TimeSpan.FromDays(30), RemediationPolicy.Maximum);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        Target.Fail();
        await StartAsync(Options, UsersOnly);
        await Harness.AppliedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "ada")));
        await Harness.AppliedAsync();
        Target.Recover();
        await RestartAsync(Options, UsersWithDisplay);

        (await LocalAsync("Users")).Should().BeEmpty();
        (await RemoteAsync("SRVUsers")).Should().ContainSingle().Which.Expected!.IsTrashed.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task New_types_are_filled_from_what_the_client_has_kept()
    {
        await PopulatedAsync(UsersOnly);
        await RestartAsync(model: client => client.Model());

        Applied.Should().Equal("Added Users[1]", "Added Users[2]", "Added Groups[g]", "Added Members[(1, g)]", "Modified Users[1]", "Modified Users[2]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Types_that_are_gone_are_removed_children_first()
    {
        await PopulatedAsync(client => client.Model());
        await RestartAsync(model: UsersWithDisplay);

        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Groups[g]");
        (await LocalAsync("Groups")).Should().BeEmpty();
        (await RemoteAsync("SRVGroups")).Should().NotBeEmpty("a type may be mapped again later");
    }

    [Fact]
    public async Task What_lies_in_the_trashbin_of_a_type_that_is_gone_waits_for_nothing()
    {
        await PopulatedAsync(client => client.Model(), TimeSpan.FromDays(30));
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.Group("g", "")));
        await Harness.AppliedAsync();
        await RestartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(30), UsersWithDisplay);

        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Groups[g]");
        (await RemoteAsync("SRVGroups")).Should().ContainSingle().Which.Expected!.IsTrashed.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_was_begun_of_a_type_that_is_gone_is_removed_too()
    {
        Target = new() { Steps = ["one", "two"] };
        Target.Fail(change => change.Type == "Groups", step: "two");
        await PopulatedAsync(client => client.Model());
        Target.Recover();
        await RestartAsync(model: UsersWithDisplay);

        Applied.Should().EndWith("Removed Groups[g]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_removal_that_was_begun_goes_on_where_it_was_when_its_type_is_gone()
    {
        Target = new() { Steps = ["one", "two"] };
        await PopulatedAsync(client => client.Model());
        Target.Fail(change => change is EntryRemoved { Type: "Members" }, step: "two");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")));
        await Harness.AppliedAsync();
        Target.Recover();
        await RestartAsync(model: UsersWithDisplay);
        await Harness.Control.RetryAllAsync();

        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Groups[g]");
        Target.CompletedSteps.Where(step => step.StartsWith("Members", StringComparison.Ordinal)).Should().Equal(
            ["Members (1, g): one", "Members (1, g): two", "Members (1, g): one", "Members (1, g): two"], "added and removed, each step once");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_removal_that_was_prepared_is_not_prepared_again_when_its_type_is_gone()
    {
        var target = new PreparingTarget();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.Group("g", "Maths"));
        await Harness.StartAsync(target, client => client.Model());
        await Harness.AppliedAsync();
        target.IsFailing = true;
        await Harness.SendAsync(Campus.Gone(Campus.Group("g", "")));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        target.IsFailing = false;
        await Harness.StartAsync(target, UsersOnly);
        await Harness.Control.RetryAllAsync();

        target.Log.Should().Equal("prepare Added Groups[g]", "Added Groups[g]", "prepare Removed Groups[g]", "Removed Groups[g]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_waits_is_prepared_again_if_the_new_model_gives_it_another_content_and_only_then()
    {
        var target = new PreparingTarget { IsFailing = true };
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.StartAsync(target, client => client.Model());
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Group("g", "Maths"));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        target.IsFailing = false;
        await Harness.StartAsync(target, client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login").Map("display", "{{ last }}"))
            .DataType("Groups", type => type.From("SRVGroups").Map("name", "{{ name }}")));
        await Harness.Control.RetryAllAsync();

        target.Log.Should().BeEquivalentTo(
            "prepare Added Users[1]", "prepare Added Groups[g]", "prepare Added Users[1]", "Added Users[1]", "Added Groups[g]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_entry_whose_modification_was_begun_is_removed_as_the_target_has_it_by_now()
    {
        Target = new() { Steps = ["one", "two"] };
        await PopulatedAsync(client => client.Model());
        Target.Fail(change => change is EntryModified { Type: "Groups" }, step: "two");
        await Harness.SendAsync(new ModifiedEvent(
            "SRVGroups", EntryKey.Of("g"), new AttributeChanges(Entry.Empty, Entry.Of(("name", "Physics")), [])));
        await Harness.AppliedAsync();
        Target.Recover();
        await RestartAsync(model: UsersWithDisplay);

        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Groups[g]");
        Target.Applied[^1].Should().BeOfType<EntryRemoved>().Which.Previous["name"].Should().Be((Value)"Physics");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_entry_that_was_only_about_to_be_modified_is_removed_as_it_was_and_after_its_children()
    {
        await PopulatedAsync(client => client.Model());
        Target.Fail(change => change is EntryModified { Type: "Groups" });
        await Harness.SendAsync(new ModifiedEvent(
            "SRVGroups", EntryKey.Of("g"), new AttributeChanges(Entry.Empty, Entry.Of(("name", "Physics")), [])));
        await Harness.AppliedAsync();
        Target.Recover();
        await RestartAsync(model: UsersWithDisplay);

        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Groups[g]");
        Target.Applied[^1].Should().BeOfType<EntryRemoved>().Which.Previous["name"].Should().Be((Value)"Maths");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Changed_mappings_are_modifications_of_what_is_different()
    {
        await PopulatedAsync(UsersOnly);
        await RestartAsync(model: UsersWithFirst);

        Target.Applied[^1].Should().BeOfType<EntryModified>().Which.Changes
            .Should().Be(new AttributeChanges(Entry.Of(("first", "Ada")), Entry.Empty, ["login"]));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task One_remote_type_may_feed_another_local_type()
    {
        await PopulatedAsync(UsersOnly);
        await RestartAsync(model: UsersAndPeople);
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();
        Applied.TakeLast(4).Should().Equal("Added People[1]", "Added People[2]", "Modified Users[1]", "Modified People[1]");
    }

    [Fact]
    public async Task Waiting_events_follow_the_new_model()
    {
        await PopulatedAsync(UsersOnly);
        Target.Fail();
        await Harness.SendAsync(Campus.User("3", "bob", first: "Bob"), Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();

        await RestartAsync(model: UsersWithFirst);
        (await QueueAsync()).Should().Equal("Added Users[3] 1", "Modified Users[1] 1", "Modified Users[2] 1");
        await RecoverAsync();

        Target.Entries("Users").Select(entry => entry.Value).Should().OnlyContain(entry => entry.Count == 1);
        Target.Entries("Users")[EntryKey.Of("3")].Should().Equal(Entry.Of(("first", "Bob")));
    }

    [Fact]
    public async Task Entries_in_the_trashbin_follow_and_new_types_get_them_too()
    {
        await PopulatedAsync(UsersOnly, TimeSpan.FromDays(30));
        await Harness.SendAsync(Campus.Gone(Campus.User("2", "")));
        await Harness.AppliedAsync();
        var since = (await Harness.Control.ListTrashbinAsync()).Items.Single().Since;
        await Harness.AdvanceAsync(TimeSpan.FromDays(1));

        await RestartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(30), UsersAndPeople);

        Applied.TakeLast(3).Should().Equal("Added People[1]", "Added People[2]", "Trashed People[2]");
        (await LocalAsync("People")).Single(entry => entry.Key == EntryKey.Of("2")).Applied!.TrashedSince.Should().Be(since);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_entry_in_the_trashbin_does_not_follow_if_the_target_never_had_its_parent()
    {
        await StartAsync(Configure, UsersAndGroups);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.Group("g", "Maths"));
        await Harness.AppliedAsync();
        Target.Fail(change => change.Type == "Users");
        await Harness.SendAsync(
            Campus.User("1", "ada"), Campus.Member("1", "g"), Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().BeEmpty("the user came and went");
        Target.Recover();

        await RestartAsync(Configure, client => client.Model());
        Applied.Should().Equal("Added Groups[g]");

        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Member("1", "g"));
        await Harness.AppliedAsync();
        Applied.TakeLast(2).Should().Equal("Added Users[1]", "Added Members[(1, g)]");
        await ShouldBeSettledAsync();

        static void Configure(ClientOptions options) =>
            (options.TrashbinRetention, options.Remediation) = (TimeSpan.FromDays(30), RemediationPolicy.Maximum);
    }

    [Fact]
    public async Task A_target_that_knows_only_the_types_of_its_start_removes_a_dropped_type_across_restarts()
    {
        var target = new StrictTarget();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await Harness.StartAsync(target, client => client.Model());
        await Harness.AppliedAsync();
        await Harness.StopAsync();

        target.IsFailing = true;
        await Harness.StartAsync(target, client => UsersWithDisplay(client.Configure(options => options.RemovalGuard.Enabled = false)));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        target.IsFailing = false;
        await Harness.StartAsync(target, client => UsersWithDisplay(client.Configure(options => options.RemovalGuard.Enabled = false)));
        await Harness.Control.RetryAllAsync();

        target.Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Groups[g]");
        target.Types.Single(type => type.Name == "Members").Key.Should().Equal("user", "group");
        await ShouldBeSettledAsync();

        await Harness.StopAsync();
        await Harness.StartAsync(target, client => UsersWithDisplay(client.Configure(options => options.RemovalGuard.Enabled = false)));
        await Harness.AppliedAsync();
        target.Types.Select(type => type.Name).Should().Equal(["Users", "Groups", "Members"], "the settings of a target may name a type long after its last entry was removed");
        target.Types.Last().Key.Should().Equal("user", "group");
    }

    [Fact]
    public async Task A_type_that_comes_back_before_the_target_removed_it_is_not_removed_at_all()
    {
        await PopulatedAsync(UsersAndPeople);
        var before = Applied.Count();
        Target.Fail();
        await RestartAsync(model: UsersOnly);
        (await QueueAsync()).Should().Equal("Removed People[1] 1", "Removed People[2] 1");
        await Harness.SendAsync(Campus.Changed("1", ("login", "new")));
        await Harness.AppliedAsync();

        await RestartAsync(model: UsersAndPeople);
        await RecoverAsync();

        Applied.Skip(before).Should().Equal("Modified Users[1]", "Modified People[1]");
        Target.Entries("People")[EntryKey.Of("1")]["name"].Should().Be((Value)"new");
    }

    [Fact]
    public async Task A_removal_that_was_begun_is_finished_before_its_type_comes_back()
    {
        Target = new() { Steps = ["one", "two"] };
        await PopulatedAsync(UsersAndPeople);
        var before = Applied.Count();
        Target.Fail(step: "two");
        await RestartAsync(model: UsersOnly);

        await RestartAsync(model: UsersAndPeople);
        await RecoverAsync();

        Applied.Skip(before).Should().Equal("Removed People[1]", "Removed People[2]", "Added People[1]", "Added People[2]");
    }

    [Fact]
    public async Task A_removal_that_was_begun_is_finished_before_its_type_comes_back_even_if_a_child_waits()
    {
        Target = new() { Steps = ["one", "two"] };
        await PopulatedAsync(UsersAndPeople);
        var before = Applied.Count();
        Target.Fail(step: "two");
        await RestartAsync(Disabled, WithMembers(UsersAndPeople));
        await RestartAsync(Disabled, WithMembers(UsersOnly));
        (await QueueAsync()).Should().Contain("Added Members[(1, g)] 0");

        await RestartAsync(Disabled, WithMembers(UsersAndPeople));
        await RecoverAsync();

        Applied.Skip(before).Where(call => call.Contains("People[1]", StringComparison.Ordinal)).Should().Equal("Removed People[1]", "Added People[1]");

        static void Disabled(ClientOptions options) => options.ForeignKeys = ForeignKeyPolicy.Disabled;

        static Action<IHermesClientBuilder> WithMembers(Action<IHermesClientBuilder> model) => model
            + (client => client
                .DataType("Groups", type => type.From("SRVGroups").Map("name"))
                .DataType("Members", type => type.From("SRVMembers").Map("user", "uid")));
    }

    [Fact]
    public async Task An_addition_that_was_begun_before_its_type_went_and_came_back_is_taken_back_first()
    {
        Target = new() { Steps = ["one", "two"] };
        await PopulatedAsync(UsersOnly);
        var before = Applied.Count();
        Target.Fail(step: "two");
        await RestartAsync(model: UsersAndPeople);
        Target.Fail();
        await RestartAsync(model: UsersOnly);

        await RestartAsync(model: UsersAndPeople);
        await RecoverAsync();

        Applied.Skip(before).Should().Equal("Removed People[1]", "Removed People[2]", "Added People[1]", "Added People[2]");
    }

    [Fact]
    public async Task A_child_of_a_type_that_comes_back_does_not_stay_while_its_parent_goes_and_comes_back()
    {
        await PopulatedAsync(client => client.Model());
        var before = Applied.Count();
        Target.Fail();
        await RestartAsync(model: UsersAndGroups);
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")), Campus.User("1", "ada"), Campus.Member("1", "g"));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1", "Removed Users[1] 0", "Added Users[1] 0");

        await RestartAsync(model: client => client.Model());
        await RecoverAsync();

        Applied.Skip(before).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]", "Added Users[1]", "Added Members[(1, g)]");
    }

    [Fact]
    public async Task What_was_modified_and_back_while_its_type_was_gone_waits_for_nothing()
    {
        await PopulatedAsync(client => client.DataType("People", type => type.From("SRVUsers").Map("name", "login")));
        Target.Fail();
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")));
        await RestartAsync(model: client => client.DataType("Groups", type => type.From("SRVGroups").Map("name")));
        await Harness.SendAsync(Campus.Changed("1", ("login", "ada")));
        await RestartAsync(model: client => client.DataType("People", type => type.From("SRVUsers").Map("name", "login")));
        await RecoverAsync();

        (await RemoteAsync("SRVUsers")).Should().OnlyContain(entry => entry.Applied == entry.Expected);
    }

    [Fact]
    public async Task A_child_that_waits_comes_after_its_parent_of_a_new_type()
    {
        await PopulatedAsync(UsersAndGroups);
        Target.Fail();
        await RestartAsync(model: UsersGroupsAndMembers);
        (await QueueAsync()).Should().Equal("Added Members[(1, g)] 1");

        await RestartAsync(model: client =>
        {
            UsersGroupsAndMembers(client);
            client.DataType("People", type => type.From("SRVUsers").Map("name", "login"));
        });
        (await QueueAsync()).Should().Equal("Added People[1] 1", "Added Members[(1, g)] 1", "Added People[2] 1");
        await RecoverAsync();

        Applied.TakeLast(3).Should().Equal("Added People[1]", "Added Members[(1, g)]", "Added People[2]");

        static void UsersGroupsAndMembers(IHermesClientBuilder client)
        {
            UsersAndGroups(client);
            client.DataType("Members", type => type.From("SRVMembers").Map("user", "uid"));
        }
    }

    [Fact]
    public async Task A_model_that_is_refused_changes_nothing()
    {
        await PopulatedAsync(client => client.Model());
        await Harness.StopAsync();
        await StartAsync(model: client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login"))
            .DataType("Members", type => type.From("SRVMembers").Map("user", "uid")));
        var wait = async () => await Harness.AppliedAsync();
        (await wait.Should().ThrowAsync<NotRunningException>()).WithMessage("*Add a data type from 'SRVGroups'*");

        await RestartAsync(model: client => client.Model());

        Applied.Should().HaveCount(4, "the groups were not removed and added again");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_came_and_went_before_the_target_got_it_leaves_with_its_type()
    {
        await PopulatedAsync(client => client.Model());
        Target.Fail(change => change is EntryAdded { Type: "Groups" });
        await Harness.SendAsync(Campus.Group("h", "Physics"), Campus.Member("1", "h"), Campus.Gone(Campus.Member("1", "h")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().HaveCount(3);
        Target.Recover();

        await RestartAsync(model: UsersWithDisplay);

        Target.Applied.Select(change => (change.Type, change.Key)).Should().NotContain(("Members", EntryKey.Of("1", "h")));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_entry_in_the_trashbin_does_not_follow_if_its_parent_waits_to_be_purged()
    {
        await PopulatedAsync(UsersAndGroups, TimeSpan.FromDays(30));
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Fail(change => change is EntryRemoved);
        await Harness.Control.PurgeAsync("SRVUsers", EntryKey.Of("1"));
        Target.Recover();

        await RestartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(30), client => client.Model());
        await Harness.Control.RetryAllAsync();

        Applied.Should().Contain("Removed Users[1]");
        Applied.Should().NotContain("Added Members[(1, g)]");
    }

    [Fact]
    public async Task An_entry_in_the_trashbin_does_not_follow_a_parent_that_never_came_even_if_the_mapping_of_that_changed()
    {
        await StartAsync(Configure, UsersAndGroups);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.Group("g", "Maths"));
        await Harness.AppliedAsync();
        Target.Fail(change => change.Type == "Users");
        await Harness.SendAsync(
            Campus.User("1", "ada"), Campus.Member("1", "g"), Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Recover();
        await RestartAsync(Configure, client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login", "first"))
            .DataType("Groups", type => type.From("SRVGroups").Map("name")));

        await RestartAsync(Configure, client => client.Model());

        Applied.Should().NotContain("Added Members[(1, g)]");

        static void Configure(ClientOptions options) =>
            (options.TrashbinRetention, options.Remediation) = (TimeSpan.FromDays(30), RemediationPolicy.Maximum);
    }

    [Fact]
    public async Task A_corrected_template_changes_only_its_own_attribute_of_what_waits()
    {
        await PopulatedAsync(client => Users(client, "{{ 10 // (first | length) }}"));
        await Harness.SendAsync(Campus.Changed("1", ("first", ""), ("login", "b")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Modified Users[1] 1");

        await RestartAsync(model: client => Users(client, "{{ first | length }}"));
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")]["login"].Should().Be((Value)"b");
        await ShouldBeSettledAsync();

        static void Users(IHermesClientBuilder client, string template) => client.DataType("Users", type => type
            .From("SRVUsers").Map("login").Map("n", template));
    }

    [Fact]
    public async Task A_change_that_cannot_be_worked_out_stops_the_client_and_changes_nothing()
    {
        await PopulatedAsync(UsersOnly);
        await Harness.StopAsync();
        await StartAsync(model: client => client.DataType("Users", type => type.From("SRVUsers").Map("x", "{{ 1 // (login | length - 3) }}")));

        var wait = async () => await Harness.AppliedAsync();
        (await wait.Should().ThrowAsync<NotRunningException>()).WithMessage("*nothing was changed*");
        Applied.Should().HaveCount(2);

        await RestartAsync(model: UsersOnly);
        Applied.Should().HaveCount(2);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_kill_while_a_change_is_delivered_goes_on_with_it()
    {
        await PopulatedAsync(UsersOnly);
        Target.Fail();
        await RestartAsync(model: UsersAndPeople);
        await Harness.KillAsync();
        Target.Recover();
        await StartAsync(model: UsersAndPeople);
        await Harness.Control.RetryAllAsync();

        Applied.TakeLast(2).Should().Equal("Added People[1]", "Added People[2]");
        await ShouldBeSettledAsync();
    }

    private async Task PopulatedAsync(Action<IHermesClientBuilder> model, TimeSpan retention = default)
    {
        await Harness.SendInitSyncAsync(
            Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "eve"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await StartAsync(options => options.TrashbinRetention = retention, model);
        await Harness.AppliedAsync();
    }

    // As a target does that works out at its start what it needs for each type.
    private sealed class StrictTarget : IClientTarget
    {
        public IReadOnlyList<TargetType> Types { get; private set; } = [];

        public List<string> Applied { get; } = [];

        public bool IsFailing { get; set; }

        public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
        {
            Types = types;
            return ValueTask.CompletedTask;
        }

        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            if (IsFailing || Types.All(type => type.Name != change.Type))
                throw new TargetException($"'{change.Type}' cannot be written.", FaultKind.Permanent);
            Applied.Add($"{change.Kind} {change.Type}[{change.Key}]");
            return ValueTask.CompletedTask;
        }
    }
}

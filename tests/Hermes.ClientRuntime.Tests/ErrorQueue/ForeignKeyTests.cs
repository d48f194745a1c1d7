using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

public sealed class ForeignKeyTests : ClientTest
{
    [Fact]
    public async Task Removed_event_of_a_parent_waits_while_a_child_is_in_the_error_queue()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnRemove);
        Target.Fail(change => change.Type == "Members");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Changed("1", ("login", "b")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1", "Removed Users[1] 0");
        Applied.Should().EndWith("Modified Users[1]");
        (await Harness.Control.ListErrorQueueAsync()).Items[1].Message.Should().Contain("which refers to it");

        Target.Recover();
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(60));
        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task On_every_all_events_of_a_parent_wait()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnEvery);
        Target.Fail(change => change.Type == "Members");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1", "Modified Users[1] 0");
    }

    [Fact]
    public async Task Disabled_nothing_of_a_parent_waits()
    {
        await PopulatedAsync(ForeignKeyPolicy.Disabled);
        Target.Fail(change => change.Type == "Members");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1");
        Applied.Should().EndWith("Removed Users[1]");
    }

    [Fact]
    public async Task The_policy_of_a_restart_sets_waiting_events_free()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnRemove);
        Target.Fail(change => change.Type == "Members");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        await RestartAsync(options => options.ForeignKeys = ForeignKeyPolicy.Disabled);

        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1");
        Applied.Should().EndWith("Removed Users[1]");
    }

    [Fact]
    public async Task A_child_never_comes_before_its_parent()
    {
        await StartAsync();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.Group("g", "Maths"));
        await Harness.AppliedAsync();
        Target.Fail(change => change.Type == "Users");
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Member("1", "g"));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Added Users[1] 1", "Added Members[(1, g)] 0");

        Target.Recover();
        await Harness.Control.RetryAllAsync();
        Applied.TakeLast(2).Should().Equal("Added Users[1]", "Added Members[(1, g)]");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_whose_addition_was_discarded_does_not_come_before_its_parent_when_it_is_modified(bool isModifiedBefore)
    {
        var schema = new DataSchema(
            Campus.Type("SRVUsers", ["id", "login"], ["id"]),
            Campus.Type("SRVMembers", ["uid", "gid", "role"], ["uid", "gid"], foreignKeys: [("uid", "SRVUsers", "id")]));
        await StartAsync(model: client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login"))
            .DataType("Members", type => type.From("SRVMembers").Map("role")));
        await Harness.SendInitSyncAsync(schema);
        await Harness.AppliedAsync();
        Target.Fail(change => change.Type == "Users");
        var modified = new ModifiedEvent("SRVMembers", EntryKey.Of("1", "g"), new AttributeChanges(Entry.Of(("role", "head")), Entry.Empty, []));
        await Harness.SendAsync(Campus.User("1", "ada"), Campus.Member("1", "g"));
        if (isModifiedBefore)
            await Harness.SendAsync(modified);
        await Harness.AppliedAsync();

        (await Harness.Control.DiscardAsync((await Harness.Control.ListErrorQueueAsync()).Items[1].Number)).Should().BeTrue();
        if (!isModifiedBefore)
            await Harness.SendAsync(modified);
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        (await QueueAsync()).Should().Equal("Added Users[1] 2", "Added Members[(1, g)] 0");
        await RecoverAsync();
        Applied.Should().Equal("Added Users[1]", "Added Members[(1, g)]");
    }

    [Fact]
    public async Task A_child_that_is_added_again_waits_for_its_parent_that_goes_and_comes_back()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnRemove);
        Target.Fail(change => change.Type == "Users");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")), Campus.User("1", "ada"), Campus.Member("1", "g"));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Users[1] 1", "Added Users[1] 0", "Added Members[(1, g)] 0");

        await RecoverAsync();
        Applied.TakeLast(4).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]", "Added Users[1]", "Added Members[(1, g)]");
    }

    [Fact]
    public async Task A_trashed_child_of_a_new_type_does_not_come_while_its_parent_waits_to_go()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await StartAsync(Configure, UsersAndGroups);
        await Harness.AppliedAsync();
        Target.Fail(change => change.Type == "Users");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        await RestartAsync(Configure, client =>
        {
            UsersAndGroups(client);
            client.DataType("Members", type => type.From("SRVMembers").Map("user", "uid"));
        });
        (await QueueAsync()).Should().Equal("Removed Users[1] 1", "Added Members[(1, g)] 0", "Removed Members[(1, g)] 0");

        Target.Recover();
        await Harness.Control.RetryAllAsync();
        Applied.TakeLast(3).Should().Equal("Trashed Users[1]", "Added Members[(1, g)]", "Trashed Members[(1, g)]");

        static void UsersAndGroups(IHermesClientBuilder client) => client
            .DataType("Users", type => type.From("SRVUsers").Map("login"))
            .DataType("Groups", type => type.From("SRVGroups").Map("name"));

        static void Configure(ClientOptions options) => options.TrashbinRetention = TimeSpan.FromDays(30);
    }

    [Fact]
    public async Task A_parent_waits_for_a_child_of_a_type_that_the_client_no_longer_has()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnRemove);
        Target.Fail(change => change.Type == "Members");
        await RestartAsync(model: client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login"))
            .DataType("Groups", type => type.From("SRVGroups").Map("name")));
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1", "Removed Users[1] 0");

        await RecoverAsync();
        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]");
    }

    [Fact]
    public async Task A_parent_that_waits_for_a_child_goes_after_it_although_the_type_of_the_child_is_dropped()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnRemove);
        Target.Fail(change => change.Type == "Members");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Recover();
        await RestartAsync(model: client => client
            .DataType("Users", type => type.From("SRVUsers").Map("login"))
            .DataType("Groups", type => type.From("SRVGroups").Map("name")));

        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_parent_waits_for_a_child_of_a_type_that_the_server_no_longer_has_across_restarts()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnRemove);
        Target.Fail(change => change.Type == "Members");
        await Harness.SendAsync(
            Campus.Gone(Campus.Member("1", "g")),
            new DataSchemaEvent(new DataSchema(Campus.Schema.Types.Where(type => type.Name != "SRVMembers"))));
        await Harness.AppliedAsync();
        await RestartAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1", "Removed Users[1] 0");

        await RecoverAsync();
        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]");
    }

    [Fact]
    public async Task A_discarded_child_sets_its_parent_free()
    {
        await PopulatedAsync(ForeignKeyPolicy.OnRemove);
        Target.Fail(change => change.Type == "Members");
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        var first = (await Harness.Control.ListErrorQueueAsync()).Items[0].Number;
        (await Harness.Control.DiscardAsync(first)).Should().BeTrue();
        await Harness.AppliedAsync();

        Applied.Should().EndWith("Removed Users[1]");
        (await QueueAsync()).Should().BeEmpty();
    }

    private async Task PopulatedAsync(ForeignKeyPolicy policy)
    {
        await StartAsync(options => options.ForeignKeys = policy);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await Harness.AppliedAsync();
    }
}

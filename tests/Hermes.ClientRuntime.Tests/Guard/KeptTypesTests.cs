using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Configuration;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Runtime.Control;
using Hermes.Runtime.Guard;
using Hermes.Runtime.Registration;
using Hermes.Testing.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Guard;

public sealed class KeptTypesTests : ClientTest
{
    private readonly RecordingNotifier _notifier = new();

    [Fact]
    public async Task A_misspelt_type_removes_nothing_and_is_told_with_near_names()
    {
        await StartWithUsersAsync();
        await RestartAsync(GuardOn, From("SRVUser"));
        await Harness.SendAsync(Campus.User("3", "cleo"), Campus.Changed("1", ("login", "ada2")));
        await Harness.AppliedAsync();

        Applied.Skip(2).Should().Equal(["Added Users[3]", "Modified Users[1]"], "it stays fed as it was");
        Harness.Control.Status.Warnings.Should().ContainSingle().Which.Should().Contain("'SRVUser', which the server does not send. It sends: SRVUsers,");
        _notifier.About(NotificationTopic.DataModelWarnings).Should().ContainSingle();

        await RestartAsync(GuardOn, From("SRVUsers"));
        Applied.Should().HaveCount(4);
        Harness.Control.Status.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task A_type_that_is_mapped_ahead_is_taken_over_as_soon_as_the_server_sends_it()
    {
        await StartWithUsersAsync();
        await RestartAsync(options => options.RemovalGuard.Enabled = false, From("SRVPeople"));
        Applied.Should().HaveCount(2);

        await Harness.SendAsync(
            new DataSchemaEvent(new DataSchema([.. Campus.Schema.Types, Campus.Type("SRVPeople", ["id", "login"], ["id"])])),
            new AddedEvent("SRVPeople", EntryKey.Of("7"), Entry.Of(("id", "7"), ("login", "eve")), EventCategory.Base));
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().BeEquivalentTo("Removed Users[1]", "Removed Users[2]", "Added Users[7]");
        Target.Entries("Users").Keys.Should().Equal(EntryKey.Of("7"));
    }

    [Fact]
    public async Task A_type_that_leaves_the_data_model_stays_until_its_removal_is_approved()
    {
        await StartWithUsersAsync();
        await RestartAsync(GuardOn, GroupsOnly);
        await Harness.SendAsync(Campus.User("3", "cleo"));
        await Harness.AppliedAsync();
        Applied.Skip(2).Should().Equal("Added Users[3]");
        var held = (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().ContainSingle().Subject;
        (held.Type, held.Count).Should().Be(("Users", 3L));
        _notifier.About(NotificationTopic.HeldRemovals).Should().ContainSingle();

        await Harness.SendAsync(Campus.User("4", "dan"));
        await Harness.AppliedAsync();
        var approve = () => Harness.Control.ApproveRemovalsAsync("Users", held.Digest, new DecidedBy("eve", "not used any more"));
        var refused = (await approve.Should().ThrowAsync<HeldSetChangedException>()).Which;

        await Harness.Control.ApproveRemovalsAsync("Users", refused.Current, new DecidedBy("eve", "not used any more"));
        await Harness.AppliedAsync();
        Applied.Skip(4).Should().BeEquivalentTo("Removed Users[1]", "Removed Users[2]", "Removed Users[3]", "Removed Users[4]");
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();
        await ShouldBeSettledAsync();

        await RestartAsync(GuardOn, GroupsOnly);
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_type_whose_removal_was_rejected_stays_without_asking_again_until_it_was_back()
    {
        await StartWithUsersAsync();
        await RestartAsync(GuardOn, GroupsOnly);
        var held = (await Harness.Control.ListHeldRemovalsAsync()).Items[0];
        await Harness.Control.RejectRemovalsAsync("Users", held.Digest, new DecidedBy("eve", "a mistake"));
        await RestartAsync(GuardOn, GroupsOnly);
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();
        Harness.Control.Status.Warnings.Should().Contain(warning => warning.Contains("eve rejected"));
        Applied.Should().HaveCount(2);

        await RestartAsync(GuardOn, From("SRVUsers"));
        await RestartAsync(GuardOn, GroupsOnly);
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task A_type_without_entries_leaves_the_data_model_unasked()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.Group("g", "Maths"));
        await StartAsync(GuardOn, From("SRVUsers"));
        await RestartAsync(GuardOn, GroupsOnly);
        (await Harness.Control.ListHeldRemovalsAsync()).Items.Should().BeEmpty();
        Applied.Should().Equal("Added Groups[g]");
    }

    [Fact]
    public async Task A_misspelt_attribute_is_an_error_with_near_names_and_the_target_keeps_what_it_has()
    {
        await StartWithUsersAsync();
        await Harness.StopAsync();
        await StartAsync(GuardOn, client => client.DataType("Users", type => type.From("SRVUsers").Map("login", "logn")));
        var wait = () => Harness.AppliedAsync();
        var refused = (await wait.Should().ThrowAsync<NotRunningException>()).Which;
        refused.Message.Should().Contain("DataTypes:Users:Mapping:login").And.Contain("It sends: login, ");
        Harness.Control.Status.State.Should().Be(RunState.Failed);

        await RestartAsync(GuardOn, From("SRVUsers"));
        Applied.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_attribute_that_was_worked_with_and_has_left_the_schema_is_a_warning()
    {
        await StartWithUsersAsync();
        await Harness.SendAsync(new DataSchemaEvent(new DataSchema(Campus.Type("SRVUsers", ["id", "first"], ["id"]))));
        await Harness.AppliedAsync();
        await RestartAsync(GuardOn, From("SRVUsers"));
        Harness.Control.Status.Warnings.Should().ContainSingle(warning => warning.Contains("'login', which the server does not send"));
        Harness.Control.Status.State.Should().Be(RunState.Waiting);
    }

    private async Task StartWithUsersAsync()
    {
        Harness.Notifier = _notifier;
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await StartAsync(GuardOn, From("SRVUsers"));
        await Harness.AppliedAsync();
    }

    private static Action<IHermesClientBuilder> From(string remoteType) => client => client.DataType("Users", type => type.From(remoteType).Map("login"));

    private static void GroupsOnly(IHermesClientBuilder client) => client.DataType("Groups", type => type.From("SRVGroups").Map("name"));

    private static void GuardOn(ClientOptions options) => options.RemovalGuard.Enabled = true;
}
